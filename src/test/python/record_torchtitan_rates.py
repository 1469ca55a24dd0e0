"""Prints the factors of torchtitan's own schedule, for TorchtitanScheduleTest.

Needs torch and the source of torchtitan 0.2.0, whose folder is the first argument. Its lr_scheduler.py is run with stand-ins for the modules
that it imports and does not use here.
"""

import importlib.util
import sys
import types

import torch

for name in ["torchtitan", "torchtitan.components", "torchtitan.components.optimizer", "torchtitan.config", "torchtitan.tools", "torchtitan.tools.logging"]:
    sys.modules[name] = types.ModuleType(name)
sys.modules["torchtitan.components.optimizer"].OptimizersContainer = list
sys.modules["torchtitan.config"].LRScheduler = object
sys.modules["torchtitan.tools.logging"].logger = types.SimpleNamespace(warning=lambda text: None)
spec = importlib.util.spec_from_file_location("lr_scheduler", sys.argv[1] + "/torchtitan/components/lr_scheduler.py")
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)

CASES = [
    # warmup_steps, decay_ratio, decay_type, min_lr_factor, steps
    (4, None, "linear", 0.0, 12),
    (0, None, "cosine", 0.1, 10),
    (3, 0.3, "sqrt", 0.1, 16),
    (2, 0.5, "linear", 0.2, 12),
    (2, 0.25, "cosine", 0.0, 10),
    (1, 0.1, "linear", 0.3, 10),
    (5, 0.0, "linear", 0.3, 10),
    (8, 0.5, "linear", 0.0, 10),
    (20, None, "cosine", 0.0, 10),
    (10, 0.2, "sqrt", 0.0, 10),
]

for warmup, ratio, kind, least, steps in CASES:
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=1.0)
    config = types.SimpleNamespace(warmup_steps=warmup, decay_ratio=ratio, decay_type=kind, min_lr_factor=least)
    schedulers = module.build_lr_schedulers([optimizer], config, steps)
    rates = []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedulers.step()
    ratio_line = "" if ratio is None else f"decay_ratio = {ratio}; "
    print(f'warmup_steps = {warmup}; {ratio_line}decay_type = "{kind}"; min_lr_factor = {least}', steps, " ".join(map(repr, rates)), sep=" | ")
