"""Records the rates of DeepSpeed's schedules, as one version of its own lr_schedules.py sets them.

    python record_deepspeed_rates.py deepspeed-0.15.2.tar.gz ... > fixtures/pytorch/deepspeed-rates.json

Needs torch, and DeepSpeed's source archives (pip download --no-deps --no-binary :all: deepspeed==0.15.2). Only
deepspeed/runtime/lr_schedules.py is run, with a logger in the place of deepspeed.utils. The engine steps the schedule after
each update (runtime/engine.py, _take_model_step).
"""

import json
import logging
import sys
import tarfile
import types

import torch

SCHEDULES = [
    ("WarmupLR", {"warmup_num_steps": 4, "warmup_type": "linear", "warmup_max_lr": 0.5}),
    ("WarmupLR", {"warmup_num_steps": 4, "warmup_type": "linear"}),
    ("WarmupLR", {"warmup_num_steps": 5, "warmup_max_lr": 0.5}),
    ("WarmupDecayLR", {"warmup_num_steps": 4, "warmup_type": "linear", "total_num_steps": 10, "warmup_max_lr": 0.5}),
    ("WarmupCosineLR", {"warmup_num_steps": 4, "warmup_type": "linear", "total_num_steps": 10}),
]
LR = 0.25
UPDATES = 10


def module(archive):
    with tarfile.open(archive) as tar:
        name = next(n for n in tar.getnames() if n.endswith("/deepspeed/runtime/lr_schedules.py"))
        text = tar.extractfile(name).read().decode()
    utils = types.ModuleType("deepspeed.utils")
    utils.logger = logging.getLogger("deepspeed")
    sys.modules["deepspeed"] = types.ModuleType("deepspeed")
    sys.modules["deepspeed.utils"] = utils
    made = types.ModuleType("lr_schedules")
    exec(compile(text, name, "exec"), made.__dict__)
    return name.split("/")[0].removeprefix("deepspeed-"), made


def rates(kind, params):
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=LR)
    schedule = kind(optimizer, **params)
    seen = []
    for _ in range(UPDATES):
        seen.append(float(optimizer.param_groups[0]["lr"]))
        schedule.step()
    return seen


runs = []
for archive in sys.argv[1:]:
    version, schedules = module(archive)
    for name, params in SCHEDULES:
        runs.append({"version": version, "type": name, "params": params, "lr": LR,
                     "rates": rates(getattr(schedules, name), params)})
print(json.dumps(runs, indent=1))
