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


def WarmupParamScheduler(scheduler, warmup_factor, warmup_length, warmup_method="linear", rescale_interval=False):
    start = warmup_factor * scheduler(0.0)
    end = scheduler(0.0) if rescale_interval else scheduler(warmup_length)
    first = ConstantParamScheduler(start) if warmup_method == "constant" else LinearParamScheduler(start, end)
    then = "rescaled" if rescale_interval else "fixed"
    return CompositeParamScheduler([first, scheduler], [warmup_length, 1 - warmup_length], ["rescaled", then])


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
    ("L(CompositeParamScheduler)(schedulers=[L(ConstantParamScheduler)(value=0.42), L(CosineParamScheduler)(start_value=0.42, end_value=1e-4)], lengths=[0.3, 0.7], interval_scaling=['rescaled', 'rescaled'])", 20),
    ("L(CompositeParamScheduler)(schedulers=[L(LinearParamScheduler)(start_value=0.1, end_value=1), L(LinearParamScheduler)(start_value=1, end_value=0)], lengths=[0.25, 0.75], interval_scaling=['rescaled', 'fixed'])", 12),
    ("L(CompositeParamScheduler)(schedulers=[L(ConstantParamScheduler)(value=1.0), L(ExponentialParamScheduler)(start_value=1.0, decay=0.1), L(PolynomialDecayParamScheduler)(base_value=0.1, power=2.0)], lengths=[0.33, 0.33, 0.34], interval_scaling=['fixed', 'rescaled', 'rescaled'])", 17),
    ("L(CompositeParamScheduler)(schedulers=[L(CosineParamScheduler)(start_value=1, end_value=0.5), L(MultiStepParamScheduler)(values=[1, 0.5, 0.1], milestones=[1, 3], num_updates=5)], lengths=[0.45, 0.55], interval_scaling=['rescaled', 'rescaled'])", 23),
    ("L(CompositeParamScheduler)(schedulers=[L(ConstantParamScheduler)(value=1), L(MultiStepParamScheduler)(values=[1, 0.5, 0.1], milestones=[1, 3], num_updates=5)], lengths=[0.45, 0.55], interval_scaling=['fixed', 'fixed'])", 23),
    ("L(CompositeParamScheduler)(schedulers=[L(WarmupParamScheduler)(scheduler=L(LinearParamScheduler)(start_value=1, end_value=0.5), warmup_length=0.2, warmup_factor=0.1), L(ConstantParamScheduler)(value=0.3)], lengths=[0.6, 0.4], interval_scaling=['rescaled', 'rescaled'])", 15),
    ("L(WarmupParamScheduler)(scheduler=L(CompositeParamScheduler)(schedulers=[L(ConstantParamScheduler)(value=1), L(CosineParamScheduler)(start_value=1, end_value=0)], lengths=[0.5, 0.5], interval_scaling=['rescaled', 'rescaled']), warmup_length=0.1, warmup_factor=0.01)", 30),
    ("L(WarmupParamScheduler)(scheduler=L(CosineParamScheduler)(start_value=1, end_value=0.1), warmup_length=0.3, warmup_factor=0.01, rescale_interval=True)", 13),
    ("L(WarmupParamScheduler)(scheduler=L(MultiStepParamScheduler)(values=[1, 0.1, 0.01], milestones=[60, 80], num_updates=90), warmup_length=4 / 30, warmup_factor=0.01, warmup_method='constant', rescale_interval=True)", 30),
    ("L(CompositeParamScheduler)(schedulers=[L(ConstantParamScheduler)(value=1), L(ConstantParamScheduler)(value=0.5)], lengths=[0.5, 0.4995], interval_scaling=['rescaled', 'rescaled'])", 10),
]

for text, updates in CASES:
    scheduler = eval(text)
    print(text, updates, " ".join(repr(float(scheduler(t / updates))) for t in range(updates)), sep=" | ")
