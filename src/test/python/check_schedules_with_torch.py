"""Holds the learning rates that are read from programs against real PyTorch: python check_schedules_with_torch.py

Each program below fixtures/programs/schedules is run. The rate that the optimizer has at each update, or at the first update of
each epoch, is compared with the file beside it, which ScheduleProgramsTest holds to what is read.
"""

import pathlib
import sys
import warnings

import torch

FOLDER = pathlib.Path("fixtures/programs/schedules")


def rates(path):
    seen = []
    begin = torch.optim.SGD.step

    def step(self, closure=None):
        seen.append([group["lr"] for group in self.param_groups])
        return begin(self, closure)

    torch.optim.SGD.step = step
    try:
        exec(compile(path.read_text(), str(path), "exec"), {"__name__": "__main__"})
    finally:
        torch.optim.SGD.step = begin
    return seen


def main():
    warnings.simplefilter("ignore")
    worst, programs, compared = 0.0, sorted(FOLDER.glob("*.py")), 0
    for path in programs:
        unit, *said = path.with_suffix(".rates").read_text().split()
        real = rates(path)[:: 3 if unit == "epochs" else 1][:60]
        if len(real) < 60:
            print(f"{path.name}: only {len(real)} steps")
            worst = float("inf")
        for step, (ours, theirs) in enumerate(zip(map(float, said), real)):
            for rate in theirs:
                difference = abs(ours - rate) / max(abs(ours), abs(rate), 1e-12)
                compared += 1
                if difference > 1e-12:
                    print(f"{path.name}: step {step}: {ours} read, {rate} in PyTorch")
                worst = max(worst, difference)
    print(f"{compared} rates of {len(programs)} programs, largest relative difference {worst:.1e}")
    return 0 if worst <= 1e-12 else 1


if __name__ == "__main__":
    sys.exit(main())
