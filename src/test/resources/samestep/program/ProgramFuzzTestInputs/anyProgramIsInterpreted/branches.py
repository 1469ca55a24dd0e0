import os

import torch.optim as optim

kind = os.environ["KIND"]
wd = 5e-4
if kind == "sgd":
    lr = 0.1
    wd = 1e-4
elif kind == "adam":
    lr = 1e-3
else:
    raise ValueError(kind)
optimizer = optim.SGD([], lr=lr, weight_decay=wd) if kind == "sgd" else optim.Adam([], lr=lr, weight_decay=wd)
optimizer.param_groups[0]["lr"] = lr / 2


def pick(name):
    if name == "a":
        return 1
    if name == "b":
        return 2
    return 3


picked = pick(kind)
known = pick("b")
if len("abc") == 3:
    sure = True
else:
    sure = False
layers = []
if kind:
    layers.append("x")
else:
    layers.append("y")
layers.append("z")
