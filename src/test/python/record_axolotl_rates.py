"""Prints the rates of axolotl's own warm-up and schedules, for AxolotlScheduleTest.

Needs torch, transformers and the source of axolotl (067b021c of July 2026), whose folder is the first argument. Its scheduler mixin and
schedulers are run as they are, with stand-ins for modules that they import and do not use here; so is the method of its builder that
makes a warm-up of its fields.
"""

import ast
import importlib.util
import sys
import types

import torch
from transformers import Trainer, TrainingArguments

SOURCE = sys.argv[1] + "/src/axolotl/"


def load(name, path):
    spec = importlib.util.spec_from_file_location(name, SOURCE + path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


for name in ["axolotl", "axolotl.integrations", "axolotl.integrations.base", "axolotl.utils", "axolotl.utils.logging"]:
    sys.modules[name] = types.ModuleType(name)
plugins = types.SimpleNamespace(create_lr_scheduler=lambda **_: None)
sys.modules["axolotl.integrations.base"].PluginManager = types.SimpleNamespace(get_instance=lambda: plugins)
sys.modules["axolotl.utils.logging"].get_logger = lambda name: types.SimpleNamespace(info=print, warning=print)
load("axolotl.utils.schedulers", "utils/schedulers.py")
mixin = load("axolotl.core.trainers.mixins.scheduler", "core/trainers/mixins/scheduler.py").SchedulerMixin

builder = ast.parse(open(SOURCE + "core/builders/base.py").read())
methods = [n for n in ast.walk(builder) if isinstance(n, ast.FunctionDef) and n.name in ("_configure_warmup_and_logging", "_configure_scheduler")]
space = {}
exec(compile(ast.Module(body=methods, type_ignores=[]), "base.py", "exec"), space)


class Config(dict):
    __getattr__ = dict.get


CASES = [
    ({"lr_scheduler": "cosine", "warmup_steps": 4}, 12),
    ({"lr_scheduler": "cosine", "warmup_steps": 1}, 8),
    ({"warmup_ratio": 0.29}, 100),
    ({}, 100),
    ({}, 30),
    ({"lr_scheduler": "linear", "warmup_ratio": 0.07}, 100),
    ({"lr_scheduler": "constant_with_warmup", "warmup_ratio": 0.0}, 5),
    ({"lr_scheduler": "cosine", "cosine_min_lr_ratio": 0.1, "warmup_steps": 3}, 12),
    ({"lr_scheduler": "cosine", "cosine_min_lr_ratio": 0.1, "cosine_constant_lr_ratio": 0.8, "warmup_steps": 2}, 14),
    ({"lr_scheduler": "cosine", "lr_quadratic_warmup": True, "warmup_steps": 4}, 12),
    ({"lr_scheduler": "rex", "warmup_steps": 3}, 10),
    ({"lr_scheduler": "rex", "warmup_steps": 0}, 8),
    ({"lr_scheduler": "rex", "warmup_steps": 2, "cosine_min_lr_ratio": 0.2}, 9),
]

for fields, steps in CASES:
    config = Config(fields)
    given = {}
    builder_self = types.SimpleNamespace(cfg=config)
    space["_configure_warmup_and_logging"](builder_self, steps, given)
    space["_configure_scheduler"](builder_self, given)
    alternate = given.pop("alternate_lr_scheduler_type", None)
    arguments = TrainingArguments(output_dir="/tmp/out", max_steps=steps, report_to="none", learning_rate=1.0, **given)
    arguments.alternate_lr_scheduler_type = alternate
    arguments.jagged_restart_steps = None
    for name in ["cosine_min_lr_ratio", "cosine_constant_lr_ratio", "lr_quadratic_warmup"]:
        setattr(arguments, name, config.get(name))
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=1.0)
    trainer = mixin.__new__(mixin)
    trainer.args, trainer.lr_scheduler, trainer.optimizer = arguments, None, optimizer
    scheduler = mixin.create_scheduler(trainer, steps, optimizer)
    rates = []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    words = "; ".join(f"{k}: {str(v).lower()}" for k, v in fields.items())
    print(words or "logging_steps: 1", steps, " ".join(repr(float(r)) for r in rates), sep=" | ")
