"""Records what torch.optim.lr_scheduler.OneCycleLR does, step by step, for fixtures/pytorch/one-cycle.json: the rates, the
momentum, or the error that it raises. OneCycleTest reads it.

Needs torch==2.15.0, on the CPU. To run it:

    python record_one_cycle.py > ../../../fixtures/pytorch/one-cycle.json
"""

import json

import torch

OFF = dict(cycle_momentum=False)
# The arguments, and the updates of the run.
CASES = [
    (dict(max_lr=0.1, total_steps=20, **OFF), 20),
    (dict(max_lr=0.1, total_steps=20, anneal_strategy="linear", **OFF), 20),
    (dict(max_lr=0.1, epochs=4, steps_per_epoch=6, **OFF), 24),
    (dict(max_lr=0.1, total_steps=30, epochs=4, steps_per_epoch=6, **OFF), 30),
    (dict(max_lr=0.1, total_steps=23, pct_start=0.37, **OFF), 23),
    (dict(max_lr=0.1, total_steps=23, pct_start=0.37, anneal_strategy="linear", **OFF), 23),
    (dict(max_lr=0.1, total_steps=20, div_factor=10.0, final_div_factor=100.0, **OFF), 20),
    (dict(max_lr=0.1, total_steps=20, div_factor=0.5, final_div_factor=1, **OFF), 20),
    (dict(max_lr=0.1, total_steps=20, three_phase=True, **OFF), 20),
    (dict(max_lr=0.1, total_steps=23, three_phase=True, pct_start=0.37, **OFF), 23),
    (dict(max_lr=0.1, total_steps=23, three_phase=True, pct_start=0.37, anneal_strategy="linear", **OFF), 23),
    (dict(max_lr=0.1, total_steps=20, three_phase=True, pct_start=0.7, **OFF), 20),
    (dict(max_lr=0.1, total_steps=20, pct_start=0.0, **OFF), 20),
    (dict(max_lr=0.1, total_steps=20, pct_start=0.02, **OFF), 20),
    (dict(max_lr=0.1, total_steps=20, pct_start=0.02, three_phase=True, anneal_strategy="linear", **OFF), 20),
    (dict(max_lr=0.1, total_steps=20, pct_start=0.06, three_phase=True, **OFF), 20),
    (dict(max_lr=0.1, total_steps=20, pct_start=0.9, **OFF), 20),
    (dict(max_lr=0.1, total_steps=20, **OFF), 12),
    # What it refuses, or fails in.
    (dict(max_lr=0.1, total_steps=20, **OFF), 21),
    (dict(max_lr=0.1, total_steps=20, pct_start=0.05, **OFF), 20),
    (dict(max_lr=0.1, total_steps=20, pct_start=1.0, **OFF), 20),
    (dict(max_lr=0.1, total_steps=20, pct_start=1, **OFF), 20),
    (dict(max_lr=0.1, total_steps=20, pct_start=1.5, **OFF), 20),
    (dict(max_lr=0.1, total_steps=21, three_phase=True, pct_start=0.5238095238095238, **OFF), 21),
    (dict(max_lr=0.1, total_steps=0, **OFF), 20),
    (dict(max_lr=0.1, epochs=4, **OFF), 20),
    (dict(max_lr=0.1, total_steps=20, anneal_strategy="sin", **OFF), 20),
    # The momentum changes with the rate, whatever the optimizer was made with.
    (dict(max_lr=0.1, total_steps=20), 20),
    (dict(max_lr=0.1, total_steps=20, base_momentum=0.9, max_momentum=0.9), 20),
]


def record(arguments, updates):
    # The rates of the optimizer and of its groups are not used.
    groups = [dict(params=[torch.nn.Parameter(torch.ones(1))]), dict(params=[torch.nn.Parameter(torch.ones(1))], lr=0.7)]
    optimizer = torch.optim.SGD(groups, lr=0.3, momentum=0.5)
    case = {"arguments": arguments, "updates": updates, "rates": [], "momenta": []}
    try:
        scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, **arguments)
        for _ in range(updates):
            first, second = optimizer.param_groups
            assert first["lr"] == second["lr"]
            case["rates"].append(first["lr"])
            case["momenta"].append(first["momentum"])
            optimizer.step()
            scheduler.step()
    except (ValueError, ZeroDivisionError) as error:
        case["error"] = f"{type(error).__name__}: {error}"
    return case


if __name__ == "__main__":
    cases = [record(*case) for case in CASES]
    print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
