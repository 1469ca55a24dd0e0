print "a %s" % x, y
exec code in ns
print >>f, 1
raise E, "x"
try:
  pass
except E, e:
  print e
x = 0777L; y = `x`; z = a <> b
def f(a, (b, c)): pass
