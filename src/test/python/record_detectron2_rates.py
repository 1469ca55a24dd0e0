"""Prints rates of detectron2's YAML configurations, as its build_lr_scheduler makes them, for DetectronScheduleTest.

Needs torch, fvcore 0.1.5 and the source of detectron2, whose folder is the first argument. Its solver/build.py and lr_scheduler.py are run with
stand-ins for the modules that they import and do not use here.
"""

import importlib
import sys
import types

import torch

for name in ["detectron2", "detectron2.config", "detectron2.solver", "detectron2.utils", "detectron2.utils.env"]:
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [sys.argv[1] + "/" + name.replace(".", "/")]
sys.modules["detectron2.config"].CfgNode = object
sys.modules["detectron2.utils.env"].TORCH_VERSION = (2, 0)
build = importlib.import_module("detectron2.solver.build")

DEFAULTS = {
    "LR_SCHEDULER_NAME": "WarmupMultiStepLR",
    "BASE_LR": 0.5,
    "BASE_LR_END": 0.0,
    "GAMMA": 0.1,
    "STEPS": (),
    "MAX_ITER": 10,
    "WARMUP_FACTOR": 0.001,
    "WARMUP_ITERS": 0,
    "WARMUP_METHOD": "linear",
    "RESCALE_INTERVAL": False,
}
CASES = [
    ({"STEPS": (6, 8), "MAX_ITER": 10, "WARMUP_ITERS": 3}, range(10)),
    ({"STEPS": (6,), "MAX_ITER": 12, "WARMUP_ITERS": 4, "WARMUP_METHOD": "constant", "WARMUP_FACTOR": 0.25}, range(12)),
    ({"LR_SCHEDULER_NAME": "WarmupCosineLR", "MAX_ITER": 12, "WARMUP_ITERS": 3, "BASE_LR_END": 0.05}, range(12)),
    ({"STEPS": (600000,), "MAX_ITER": 900000, "WARMUP_ITERS": 1000}, [0, 999, 1000, 1001, 599999, 600000]),
    ({"STEPS": (1000000, 1700000), "MAX_ITER": 1800000, "WARMUP_ITERS": 1000}, [998, 999, 1000, 999997, 999998, 999999, 1000000, 1699998, 1699999]),
    ({"STEPS": (1500000,), "MAX_ITER": 3500000, "WARMUP_ITERS": 5000, "WARMUP_METHOD": "constant"}, [4995, 4996, 4997, 4999, 5000, 1499996, 1499997, 1500000]),
    ({"STEPS": (6, 8), "MAX_ITER": 10, "WARMUP_ITERS": 20}, range(10)),
    ({"STEPS": (125016, 1600000, 1700021), "MAX_ITER": 2000000}, [t + d for t in (125016, 1600000, 1700021) for d in (-3, -2, -1, 0)]),
    ({"STEPS": (1100017, 2300029), "MAX_ITER": 3000000}, [t + d for t in (1100017, 2300029) for d in (-4, -3, -2, -1)]),
]

for given, steps in CASES:
    solver = types.SimpleNamespace(**{**DEFAULTS, **given})
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=solver.BASE_LR)
    scheduler = build.build_lr_scheduler(types.SimpleNamespace(SOLVER=solver), optimizer)
    rates = []
    for step in steps:
        scheduler.last_epoch = step
        rates.append(f"{step}:{scheduler.get_lr()[0]!r}")
    fields = "; ".join(f"{k}: {list(v) if isinstance(v, tuple) else v}" for k, v in {"BASE_LR": 0.5, **given}.items())
    print(fields, " ".join(rates), sep=" | ")
