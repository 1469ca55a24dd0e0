%matplotlib inline
!pip install x \
  y
x = !ls
foo?
%%time
def f(:
    x = (1,
  y
	z
def g(): pass
