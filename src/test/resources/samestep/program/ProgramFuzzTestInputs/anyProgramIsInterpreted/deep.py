from a import b
x = ((((((((((((((((((((1))))))))))))))))))))
not not not not - - - ~ ~ 1
a if b else c if d else e if f else g
a.b.c.d(1)(2)[3][4].e
