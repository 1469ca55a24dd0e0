from easydict import EasyDict as edict
from yacs.config import CfgNode as CN
from ml_collections import ConfigDict

cfg = edict()
cfg.TRAIN = edict({"LR": 0.001, "STEPS": (1, 2)})
cfg.TRAIN.WD = cfg.TRAIN.LR / 2
_C = CN()
_C.SOLVER = CN()
_C.SOLVER.WD = 1e-4
_C.SOLVER.LR = 0.02
node = _C.clone()
node.merge_from_list(["SOLVER.LR", 0.5])
node.freeze()
config = ConfigDict(dict(lr=3e-4, inner=dict(a=1)))
config.inner.a = 2
base = dict(type="SGD", lr=0.1)
merged = {**base, "lr": 0.2}
merged.update(momentum=0.9)
merged.setdefault("nesterov", True)
type_ = merged.pop("type")
lst = [1, 2, 3] + [4] * 2
lst.insert(0, 0)
lst.extend(x * 2 for x in range(2))
last = lst[-1]
part = lst[1:4]
names = sorted(set(["b", "a", "b"]))
has = "lr" in merged and "x" not in merged
best = max([3, 1, 2], key=lambda v: -v)
both = all(v > 0 for v in [1, 2]) and any([0, 1])
a, (b, c) = 1, (2, 3)
