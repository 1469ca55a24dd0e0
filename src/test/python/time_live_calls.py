"""Milliseconds of the first and of each next call of the Python package, and whether its JVM ends with Python.

On Linux also milliseconds of processor time, of Python and the JVM together: for each process the mean of its calls, since the
system counts in hundredths of a second.

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
import json, os, sys, time
if sys.argv[1]:
    sys.path.insert(0, sys.argv[1])
solver, calls = sys.argv[2], int(sys.argv[3])
start = time.perf_counter()
import samestep
from samestep._pipe import PROGRAM
imported = time.perf_counter()
times = {"import": [imported - start]}
used = {}
def processor():
    jvm = PROGRAM._process.pid if getattr(PROGRAM, "_process", None) is not None else None
    if jvm is None or not os.path.exists(f"/proc/{jvm}/stat"):
        return time.process_time()
    fields = open(f"/proc/{jvm}/stat").read().rsplit(")", 1)[1].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
def timed(name, call):
    spent, begin = processor(), time.perf_counter()
    answer = call()
    times.setdefault(name, []).append(time.perf_counter() - begin)
    used.setdefault(name, []).append(processor() - spent)
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
used = {name: sum(found) / len(found) for name, found in used.items()}
print(json.dumps({"times": times, "used": used, "jvm": PROGRAM._process.pid, "same": bool(compare().same)}))
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
    times, used, left, wrong = {}, {}, 0, 0
    for _ in range(processes):
        arguments = [sys.executable, "-c", CHILD, package, solver, calls]
        answer = json.loads(subprocess.run(arguments, stdout=subprocess.PIPE, check=True).stdout)
        time.sleep(0.1)
        left += alive(answer["jvm"])
        wrong += not answer["same"]
        for name, found in answer["times"].items():
            times.setdefault(name, []).extend(found)
        for name, mean in answer["used"].items():
            used.setdefault(name, []).append(1000 * mean)
    for name, found in times.items():
        found = sorted(1000 * t for t in found)
        print(
            f"{name:14} least {found[0]:7.1f}  median {statistics.median(found):7.1f}"
            f"  95 of 100 {found[int(0.95 * (len(found) - 1))]:7.1f}  most {found[-1]:7.1f} ms  ({len(found)})"
        )
    for name, means in used.items():
        print(f"{name:14} processor time: least {min(means):7.1f}  median {statistics.median(means):7.1f} ms")
    print(f"JVMs left: {left} of {processes}; wrong answers: {wrong}")
    return 1 if left or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
