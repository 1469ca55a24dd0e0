"""Milliseconds of the first and of each next call of the Python package, and whether its JVM ends with Python.

    SAMESTEP_CLASS_PATH=target/samestep-...-all.jar time_live_calls.py [SOLVER [PROCESSES [CALLS]]]

Without SAMESTEP_CLASS_PATH the installed wheel is timed: run it with the Python of its environment.
Each process imports the package and calls compare(SOLVER, SOLVER) and explain(SOLVER); the first call includes the start of
the JVM, not that of Python. The exit code is 1 if a JVM was left or a call was answered wrongly.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SOLVER = ROOT / "fixtures/lenet/solver.prototxt"

CHILD = """
import json, sys, time
if sys.argv[1]:
    sys.path.insert(0, sys.argv[1])
solver, calls = sys.argv[2], int(sys.argv[3])
start = time.perf_counter()
import samestep
from samestep._pipe import PROGRAM
imported = time.perf_counter()
times = {"import": [imported - start]}
def timed(name, call):
    begin = time.perf_counter()
    answer = call()
    times.setdefault(name, []).append(time.perf_counter() - begin)
    return answer
def compare():
    return samestep.compare(solver, solver)
def explain():
    return samestep.explain(solver)
timed("first", compare)
for _ in range(calls):
    timed("next compare", compare)
timed("first explain", explain)
for _ in range(calls):
    timed("next explain", explain)
print(json.dumps({"times": times, "jvm": PROGRAM._process.pid, "same": bool(compare().same)}))
"""


def alive(process):
    """Whether a process is left. It is no child of this one, so a zombie would count."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def main():
    solver = sys.argv[1] if len(sys.argv) > 1 else str(SOLVER)
    processes = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    calls = sys.argv[3] if len(sys.argv) > 3 else "50"
    package = str(ROOT / "src/main/python") if os.environ.get("SAMESTEP_CLASS_PATH") else ""
    times, left, wrong = {}, 0, 0
    for _ in range(processes):
        arguments = [sys.executable, "-c", CHILD, package, solver, calls]
        answer = json.loads(subprocess.run(arguments, stdout=subprocess.PIPE, check=True).stdout)
        time.sleep(0.1)
        left += alive(answer["jvm"])
        wrong += not answer["same"]
        for name, found in answer["times"].items():
            times.setdefault(name, []).extend(found)
    for name, found in times.items():
        found = sorted(1000 * t for t in found)
        print(
            f"{name:14} least {found[0]:7.1f}  median {statistics.median(found):7.1f}"
            f"  95 of 100 {found[int(0.95 * (len(found) - 1))]:7.1f}  most {found[-1]:7.1f} ms  ({len(found)})"
        )
    print(f"JVMs left: {left} of {processes}; wrong answers: {wrong}")
    return 1 if left or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
