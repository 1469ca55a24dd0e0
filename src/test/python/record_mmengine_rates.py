"""Prints the rates that MMEngine's and MMCV 1's own schedulers give, for MmengineScheduleTest.

Needs mmengine 0.10.7 and torch; MMCV 1's hooks are read from its source, whose folder is the first argument.
"""

import importlib.util
import sys
import types

import torch
from mmengine.optim import OptimWrapper
from mmengine.registry import PARAM_SCHEDULERS

NEW = [
    # name, schedulers, iterations in an epoch, epochs or None, iterations of the run, how many rates
    ("one by epoch", "[dict(type='MultiStepLR', milestones=[2, 3], gamma=0.5)]", 3, 4, 12, 12),
    ("warmed", "[dict(type='LinearLR', start_factor=0.1, by_epoch=False, begin=0, end=4), dict(type='MultiStepLR', by_epoch=True, milestones=[2, 3])]", 3, 4, 12, 12),
    ("warmed, converted", "[dict(type='LinearLR', start_factor=0.2, end=2, convert_to_iter_based=True), dict(type='CosineAnnealingLR', T_max=2, begin=2, end=4, eta_min=0.01, convert_to_iter_based=True)]", 3, 4, 12, 12),
    ("cosine by epoch after a warm-up", "[dict(type='LinearLR', start_factor=0.5, by_epoch=False, begin=0, end=3), dict(type='CosineAnnealingLR', begin=1, end=4)]", 3, 4, 12, 12),
    ("overlapping", "[dict(type='LinearLR', start_factor=0.1, by_epoch=False, begin=0, end=5), dict(type='CosineAnnealingLR', by_epoch=False, begin=0, end=12)]", 3, None, 12, 12),
    ("poly", "[dict(type='LinearLR', start_factor=1e-3, by_epoch=False, begin=0, end=3), dict(type='PolyLR', eta_min=0.02, power=0.9, by_epoch=False, begin=3, end=10)]", 3, None, 12, 12),
    ("poly to the end", "dict(type='PolyLR', power=2.0, by_epoch=False)", 3, None, 12, 12),
    ("step", "dict(type='StepLR', step_size=3, gamma=0.5, by_epoch=False, begin=1)", 3, None, 12, 12),
    ("constant", "[dict(type='ConstantLR', factor=0.25, by_epoch=False, end=4), dict(type='ExponentialLR', gamma=0.9, by_epoch=False, begin=2)]", 3, None, 12, 12),
    ("rising", "dict(type='CosineAnnealingLR', T_max=4, eta_min=0.1, by_epoch=False)", 3, None, 12, 12),
    ("ratio", "dict(type='CosineAnnealingLR', eta_min_ratio=0.05, by_epoch=False)", 3, None, 12, 12),
    ("twice", "dict(type='MultiStepLR', milestones=[4, 4, 8], by_epoch=False)", 3, None, 12, 12),
]

OLD = [
    ("step", "dict(policy='step', step=[2, 3])", 3, 4),
    ("step, warmed", "dict(policy='step', step=[2, 3], gamma=0.5, warmup='linear', warmup_iters=5, warmup_ratio=0.1)", 3, 4),
    ("warmed over a drop", "dict(policy='step', step=[1], warmup='linear', warmup_iters=5, warmup_ratio=0.1)", 3, 4),
    ("every", "dict(policy='step', step=2)", 3, 4),
    ("cut", "dict(policy='step', step=[1, 2], min_lr=0.05)", 3, 4),
    ("cosine", "dict(policy='CosineAnnealing', min_lr=0.01, warmup='linear', warmup_iters=2, warmup_by_epoch=True, warmup_ratio=0.2)", 3, 4),
    ("cosine by iteration", "dict(policy='CosineAnnealing', min_lr_ratio=0.1, by_epoch=False, warmup='exp', warmup_iters=3, warmup_ratio=0.01)", 3, 4),
    ("poly", "dict(policy='poly', power=0.9, min_lr=1e-4, by_epoch=False)", 3, 4),
    ("constant", "dict(policy='fixed', warmup='constant', warmup_iters=4, warmup_ratio=0.3)", 3, 4),
    ("inv", "dict(policy='inv', gamma=0.1, power=0.5, by_epoch=False)", 3, 4),
    ("exp", "dict(policy='exp', gamma=0.9)", 3, 4),
]


def new_rates(schedulers, per_epoch, epochs, iterations, count):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=1.0)
    wrapper = OptimWrapper(optimizer)
    built = []
    for config in schedulers if isinstance(schedulers, list) else [schedulers]:
        config = dict(config)
        config.setdefault("end", (epochs or 1) if config.get("by_epoch", True) else iterations)
        built.append(PARAM_SCHEDULERS.build(config, default_args=dict(optimizer=wrapper, epoch_length=per_epoch)))
    rates = []
    for i in range(count):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        for s in built:
            if not s.by_epoch:
                s.step()
        if (i + 1) % per_epoch == 0:
            for s in built:
                if s.by_epoch:
                    s.step()
    return rates


def old_module(folder):
    mmcv = types.ModuleType("mmcv")
    mmcv.is_list_of = lambda seq, kind: all(isinstance(s, kind) for s in seq)
    mmcv.runner = types.ModuleType("mmcv.runner")
    sys.modules["mmcv"] = mmcv
    sys.modules["mmcv.runner"] = mmcv.runner
    hooks = types.ModuleType("hooks")
    hooks.__path__ = []
    sys.modules["hooks"] = hooks
    hook = types.ModuleType("hooks.hook")

    class Registry:
        def register_module(self, *a, **k):
            return lambda cls: cls

    hook.HOOKS = Registry()
    hook.Hook = object
    sys.modules["hooks.hook"] = hook
    spec = importlib.util.spec_from_file_location("hooks.lr_updater", folder + "/mmcv/runner/hooks/lr_updater.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def old_rates(module, config, per_epoch, epochs):
    config = dict(config)
    policy = config.pop("policy")
    policy = policy.title() if policy == policy.lower() else policy
    hook = getattr(module, policy + "LrUpdaterHook")(**config)
    runner = types.SimpleNamespace(
        optimizer=torch.optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=1.0),
        iter=0, epoch=0, max_epochs=epochs, max_iters=epochs * per_epoch, data_loader=range(per_epoch))
    hook.before_run(runner)
    rates = []
    for epoch in range(epochs):
        runner.epoch = epoch
        hook.before_train_epoch(runner)
        for _ in range(per_epoch):
            hook.before_train_iter(runner)
            rates.append(runner.optimizer.param_groups[0]["lr"])
            runner.iter += 1
    return rates


def main():
    for name, text, per_epoch, epochs, iterations, count in NEW:
        rates = new_rates(eval(text), per_epoch, epochs, iterations, count)
        cfg = f"train_cfg = dict(max_epochs={epochs})" if epochs else f"train_cfg = dict(by_epoch=False, max_iters={iterations})"
        print("new |", name, "|", f"param_scheduler = {text}; {cfg}", "|", " ".join(f"{r:.12g}" for r in rates))
    if len(sys.argv) > 1:
        module = old_module(sys.argv[1])
        for name, text, per_epoch, epochs in OLD:
            rates = old_rates(module, eval(text), per_epoch, epochs)
            print("old |", name, "|", f"lr_config = {text}; runner = dict(type='EpochBasedRunner', max_epochs={epochs})", "|",
                  " ".join(f"{r:.12g}" for r in rates))


if __name__ == "__main__":
    main()
