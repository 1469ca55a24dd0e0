x = (
  # c
  1
\
)
if a:
	b
        c
