"""Prints the rates of fvcore's schedulers with detectron2's warm-up, for LazyScheduleTest.

Needs fvcore 0.1.5. detectron2's WarmupParamScheduler is fvcore's CompositeParamScheduler with a straight line or a constant first, as in
detectron2/solver/lr_scheduler.py: the line goes from warmup_factor times the scheduler's first value to its value at warmup_length.
"""

from fvcore.common.param_scheduler import (
    CompositeParamScheduler,
    ConstantParamScheduler,
    CosineParamScheduler,
    ExponentialParamScheduler,
    LinearParamScheduler,
    MultiStepParamScheduler,
    PolynomialDecayParamScheduler,
    StepParamScheduler,
)


def WarmupParamScheduler(scheduler, warmup_factor, warmup_length, warmup_method="linear"):
    start = warmup_factor * scheduler(0.0)
    end = scheduler(warmup_length)
    first = ConstantParamScheduler(start) if warmup_method == "constant" else LinearParamScheduler(start, end)
    return CompositeParamScheduler([first, scheduler], [warmup_length, 1 - warmup_length], ["rescaled", "fixed"])


def L(function):
    return function


CASES = [
    # scheduler, updates of the run
    ("L(MultiStepParamScheduler)(values=[1, 0.1, 0.01], milestones=[60, 80, 90])", 9),
    ("L(MultiStepParamScheduler)(values=[1, 0.1, 0.01], milestones=[60, 80], num_updates=90)", 20),
    ("L(MultiStepParamScheduler)(values=[1.0, 0.5, 0.25], num_updates=10)", 10),
    ("L(StepParamScheduler)(num_updates=12, values=[1.0, 0.5, 0.25, 0.2])", 14),
    ("L(CosineParamScheduler)(start_value=1, end_value=0.05)", 12),
    ("L(CosineParamScheduler)(start_value=1, end_value=1)", 5),
    ("L(LinearParamScheduler)(start_value=1.0, end_value=0.1)", 12),
    ("L(ExponentialParamScheduler)(start_value=2.0, decay=0.02)", 12),
    ("L(PolynomialDecayParamScheduler)(base_value=0.5, power=0.9)", 12),
    ("L(ConstantParamScheduler)(value=0.5)", 5),
    ("L(WarmupParamScheduler)(scheduler=L(MultiStepParamScheduler)(values=[1, 0.1], milestones=[6], num_updates=12), warmup_length=4 / 12, warmup_factor=0.001)", 12),
    ("L(WarmupParamScheduler)(scheduler=L(MultiStepParamScheduler)(values=[1, 0.1], milestones=[2], num_updates=12), warmup_length=4 / 12, warmup_factor=0.1, warmup_method='constant')", 12),
    ("L(WarmupParamScheduler)(scheduler=L(MultiStepParamScheduler)(values=[1, 0.1], milestones=[2], num_updates=12), warmup_length=4 / 12, warmup_factor=0.1)", 12),
    ("L(WarmupParamScheduler)(scheduler=L(CosineParamScheduler)(start_value=0.8, end_value=0.0), warmup_length=0.3, warmup_factor=0.067)", 12),
    ("L(WarmupParamScheduler)(scheduler=L(LinearParamScheduler)(start_value=1, end_value=0), warmup_length=0.21, warmup_factor=0.5)", 12),
]

for text, updates in CASES:
    scheduler = eval(text)
    print(text, updates, " ".join(repr(float(scheduler(t / updates))) for t in range(updates)), sep=" | ")
