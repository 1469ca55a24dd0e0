"""Writes the learning rates that libraries on top of PyTorch make of their configurations.

Usage: library_schedules.py > fixtures/pytorch/schedules.json
Needs timm 1.0.31, transformers 5.23.0, detectron2 0.6 (with fvcore) and slowfast, with a PyTorch they work with. Only their
schedules run: no model, no data.
"""

import argparse
import json
import types


class Optimizer:
    """As much of an optimizer as a schedule looks at."""

    def __init__(self, lr):
        self.param_groups = [{"lr": lr}]
        self.defaults = {"lr": lr}


def lines(fields):
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def timm_rates(fields, epochs):
    from timm.scheduler.scheduler_factory import create_scheduler_v2, scheduler_kwargs

    # The defaults of train.py.
    defaults = dict(sched="cosine", epochs=300, decay_epochs=90, decay_milestones=[90, 180, 270], warmup_epochs=5,
                    cooldown_epochs=0, decay_rate=0.1, min_lr=0, warmup_lr=1e-5, warmup_prefix=False, lr_noise=None,
                    lr_cycle_mul=1.0, lr_cycle_decay=0.5, lr_cycle_limit=1, lr_k_decay=1.0, sched_on_updates=False)
    arguments = argparse.Namespace(**{**defaults, **fields})
    optimizer = Optimizer(fields["lr"])
    scheduler, _ = create_scheduler_v2(optimizer, **scheduler_kwargs(arguments))
    return {epoch: scheduler._get_lr(epoch)[0] for epoch in epochs}


def trainer_rates(fields, steps):
    import math

    from transformers import optimization

    name = {"linear": "linear", "cosine": "cosine", "polynomial": "polynomial", "inverse_sqrt": "inverse_sqrt",
            "constant_with_warmup": "constant_with_warmup", "cosine_with_restarts": "cosine_with_restarts",
            "cosine_with_min_lr": "cosine_with_min_lr"}[fields["lr_scheduler_type"]]
    warmup = fields.get("warmup_steps", 0) or math.ceil(fields.get("warmup_ratio", 0) * fields["max_steps"])
    kwargs = dict(fields.get("lr_scheduler_kwargs", {}))
    found = {}

    class Lambda:
        def __init__(self, optimizer, factor, *_, **__):
            found["factor"] = factor

    optimization.LambdaLR = Lambda
    function = optimization.TYPE_TO_SCHEDULER_FUNCTION[optimization.SchedulerType(name)]
    arguments = dict(num_warmup_steps=warmup, **kwargs)
    if name not in ("inverse_sqrt", "constant_with_warmup"):
        arguments["num_training_steps"] = fields["max_steps"]
    function(Optimizer(fields["learning_rate"]), **arguments)
    return {step: fields["learning_rate"] * found["factor"](step) for step in steps}


def detectron_rates(solver, steps):
    from fvcore.common.param_scheduler import CosineParamScheduler, MultiStepParamScheduler

    from detectron2.solver.lr_scheduler import WarmupParamScheduler

    cfg = dict(LR_SCHEDULER_NAME="WarmupMultiStepLR", BASE_LR_END=0.0, GAMMA=0.1, STEPS=(30000,), WARMUP_FACTOR=0.001,
               WARMUP_ITERS=1000, WARMUP_METHOD="linear", MAX_ITER=40000, BASE_LR=0.001)
    cfg.update(solver)
    if cfg["LR_SCHEDULER_NAME"] == "WarmupMultiStepLR":
        milestones = [step for step in cfg["STEPS"] if step <= cfg["MAX_ITER"]]
        scheduler = MultiStepParamScheduler([cfg["GAMMA"] ** k for k in range(len(milestones) + 1)],
                                            milestones=milestones, num_updates=cfg["MAX_ITER"])
    else:
        scheduler = CosineParamScheduler(1, cfg["BASE_LR_END"] / cfg["BASE_LR"])
    scheduler = WarmupParamScheduler(scheduler, cfg["WARMUP_FACTOR"],
                                     min(cfg["WARMUP_ITERS"] / cfg["MAX_ITER"], 1.0), cfg["WARMUP_METHOD"])
    return {step: cfg["BASE_LR"] * scheduler(step / cfg["MAX_ITER"]) for step in steps}


def slowfast_rates(solver, parts):
    from slowfast.utils.lr_policy import get_lr_at_epoch

    fields = dict(BASE_LR=0.1, LR_POLICY="cosine", COSINE_END_LR=0.0, COSINE_AFTER_WARMUP=False, STEPS=[], LRS=[],
                  MAX_EPOCH=300, WARMUP_EPOCHS=0.0, WARMUP_START_LR=0.01)
    fields.update(solver)
    cfg = types.SimpleNamespace(SOLVER=types.SimpleNamespace(**fields))
    return {part: get_lr_at_epoch(cfg, part) for part in parts}


def yacs(section, fields, more=""):
    return section + ":\n" + "".join(f"  {name}: {value}\n" for name, value in fields.items()) + more


def recordings():
    epochs = [0, 1, 2, 3, 4, 5, 6, 9, 10, 11, 15, 29, 30, 31, 45, 59, 60, 75, 89]
    for fields in (
        dict(opt="adamw", lr=0.001, sched="cosine", epochs=90),
        dict(opt="adamw", lr=0.00055, min_lr=1e-05, sched="cosine", epochs=300, warmup_epochs=10, warmup_lr=1e-05),
        dict(opt="sgd", lr=0.5, sched="cosine", epochs=60, warmup_epochs=5, warmup_prefix=True),
        dict(opt="sgd", lr=0.5, sched="step", decay_epochs=30, decay_rate=0.1, epochs=90, warmup_epochs=3),
        dict(opt="sgd", lr=0.5, sched="step", decay_epochs=2.4, decay_rate=0.97, epochs=90, warmup_epochs=0),
        dict(opt="sgd", lr=0.5, sched="multistep", decay_milestones=[30, 60], decay_rate=0.1, epochs=90, warmup_epochs=5),
        dict(opt="sgd", lr=0.5, sched="poly", decay_rate=0.9, min_lr=0.001, epochs=60, warmup_epochs=0),
        dict(opt="sgd", lr=0.5, sched="poly", decay_rate=2.0, epochs=90, warmup_epochs=5),
        dict(opt="sgd", lr=0.5, sched="constant", epochs=90, warmup_epochs=5),
    ):
        yield lines(fields), timm_rates(fields, epochs)
    steps = [0, 1, 2, 10, 50, 99, 100, 101, 250, 499, 500, 501, 750, 999]
    for fields in (
        dict(lr_scheduler_type="linear", warmup_steps=100),
        dict(lr_scheduler_type="linear", warmup_ratio=0.25),
        dict(lr_scheduler_type="cosine", warmup_steps=0),
        dict(lr_scheduler_type="cosine", warmup_steps=100),
        dict(lr_scheduler_type="polynomial", warmup_steps=100, lr_scheduler_kwargs={"power": 2.0, "lr_end": 1e-06}),
        dict(lr_scheduler_type="inverse_sqrt", warmup_steps=100),
        dict(lr_scheduler_type="constant_with_warmup", warmup_steps=100),
        dict(lr_scheduler_type="cosine_with_restarts", warmup_steps=100, lr_scheduler_kwargs={"num_cycles": 3}),
        dict(lr_scheduler_type="cosine_with_min_lr", warmup_steps=100, lr_scheduler_kwargs={"min_lr": 1e-05}),
    ):
        fields = dict(learning_rate=0.001, max_steps=1000, **fields)
        yield lines(fields), trainer_rates(fields, steps)
    steps = [0, 1, 500, 999, 1000, 1001, 5999, 6000, 6001, 7999, 8000, 8999]
    for solver in (
        dict(BASE_LR=0.02, STEPS=(6000, 8000), MAX_ITER=9000),
        dict(BASE_LR=0.02, STEPS=(500, 8000), MAX_ITER=9000, WARMUP_METHOD="constant"),
        dict(BASE_LR=0.02, STEPS=(500, 8000), MAX_ITER=9000, WARMUP_FACTOR=0.1, GAMMA=0.5),
        dict(BASE_LR=0.02, LR_SCHEDULER_NAME="WarmupCosineLR", MAX_ITER=9000, BASE_LR_END=0.002),
        dict(BASE_LR=0.02, LR_SCHEDULER_NAME="WarmupCosineLR", MAX_ITER=9000, WARMUP_ITERS=0),
    ):
        yield yacs("SOLVER", solver, "VERSION: 2\n"), detectron_rates(solver, steps)
    parts = [0, 0.001, 0.5, 1, 4.999, 5, 5.3, 6, 13.9, 14, 17.5, 18, 21.75]
    for solver in (
        dict(BASE_LR=0.1, MAX_EPOCH=22, WARMUP_EPOCHS=5.3, WARMUP_START_LR=0.001),
        dict(BASE_LR=0.1, MAX_EPOCH=22, WARMUP_EPOCHS=5.3, WARMUP_START_LR=0.001, COSINE_AFTER_WARMUP=True,
             COSINE_END_LR=1e-05),
        dict(BASE_LR=0.1, MAX_EPOCH=22, LR_POLICY="steps_with_relative_lrs", STEPS=[0, 14, 18], LRS=[1, 0.1, 0.01],
             WARMUP_EPOCHS=5.0, WARMUP_START_LR=0.001),
    ):
        yield yacs("SOLVER", dict(OPTIMIZING_METHOD="sgd", **solver)), slowfast_rates(solver, parts)


print(json.dumps([{"config": config, "rates": rates} for config, rates in recordings()], indent=1))
