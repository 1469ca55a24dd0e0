#!/usr/bin/env python
# -*- coding: utf-8 -*-
"""Doc
string"""
from __future__ import print_function
import a.b.c as d, e
from . import (f, g as h,)
from ...x.y import *
@dec(1)
async def fn(a, /, b: int = 0x_ff, *args: str, c=1_000.5e-3j, **kw) -> "x":
    async with a as b, c as (d, e): await x
    async for i in y: yield i
    else:
        yield from z
    return *a, b
class C[T: int = 3, *Ts, **P](Base, metaclass=M, *rest):
    x: int
    y: int = 3
    def f(self): return lambda x, *y, z=1, **w: (x, y)
try:
    raise E from None
except (A, B) as e:
    pass
except* C:
    pass
else: pass
finally:
    del a[0], b.c
with (open(x) as f, open(y) as g,):
    global q
    nonlocal_ = 1; z += 1; w @= 2; v **= 3; u //= 4; t >>= 1
while (n := n - 1) and not x in y or z is not None:
    break
else: continue
match p:
    case {"a": 1, **rest} if x: pass
    case [1, *_, -2+3j] | (4,): pass
    case Cls(1, a=2) as m: pass
    case a.b | None | "s" "t": pass
    case _: pass
type X[T] = list[T]
s = f"a{x!r:>{w}}{{}}{y=}" rb'\x00' u"\N{DASH}" R'''t"r'''
n = [x for x in range(3) if x if y for z in w], {a: b for a in c}, {1, *d}, {**e, 'k': v}, (i for i in j)
m = x if y else z; k = a[1:2, ::3, ...]; l = -x ** -y @ ~z
assert x, "m"
if x: pass
elif y: pass
else: pass
