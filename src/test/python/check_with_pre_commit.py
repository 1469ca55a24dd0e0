"""Runs the hooks with the real pre-commit in scratch repositories: both kinds, check and fix.

Usage: check_with_pre_commit.py REPOSITORY WHEELS

REPOSITORY is a clone of this project, WHEELS the folder with its wheel. pre-commit must be installed for the running
Python. For each kind: a clean commit passes, a number copied verbatim is refused with what to write, the fix mends it and
fails as a hook that changes a file has to, and the second run passes.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

SOLVER = 'net: "caffe/net.prototxt"\nbase_lr: 0.01\nlr_policy: "fixed"\nmomentum: 0.9\nweight_decay: 0.0005\nmax_iter: 1000\n'
NET = """layer { name: "fc" type: "InnerProduct" bottom: "data" top: "fc" param { } param { decay_mult: 0 }
  inner_product_param { num_output: 10 } }
layer { name: "loss" type: "SoftmaxWithLoss" bottom: "fc" bottom: "label" }
"""
PORT = """{
  "samestep": "keras/1",
  "optimizer": {
    "module": "keras.optimizers", "class_name": "SGD",
    "config": {"learning_rate": 0.01, "momentum": 0.9}
  },
  "layers": {
    "fc": {
      "kernel_regularizer": {"module": "keras.regularizers", "class_name": "L2", "config": {"l2": 0.00025}},
      "bias_regularizer": null
    }
  }
}
"""
PAIRS = "version: 1\npairs:\n  - source: caffe/solver.prototxt\n    target: keras/port.json\n"


def run(folder, *command, environment=None):
    """The exit code and everything that was printed."""
    done = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.returncode, done.stdout


def expect(what, done, code, *words):
    """Stops with what was printed where it is not as expected."""
    missing = [word for word in words if word not in done[1]]
    if (done[0] == 0) != (code == 0) or missing:
        sys.exit(f"{what}: exit {done[0]}, expected {code}; missing {missing}; printed:\n{done[1]}")
    print(f"  {what}: as expected")


def kind(repository, revision, environment, suffix):
    """One kind of hooks."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in {
            "caffe/solver.prototxt": SOLVER,
            "caffe/net.prototxt": NET,
            "keras/port.json": PORT,
            "samestep.yaml": PAIRS,
            "notes.json": '{"what": "nothing of ours"}\n',
            ".pre-commit-config.yaml": f"repos:\n  - repo: {repository}\n    rev: {revision}\n    hooks:\n"
            f"      - id: samestep-check{suffix}\n"
            f"      - id: samestep-fix{suffix}\n        stages: [manual]\n",
        }.items():
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_text(text)
        pre_commit = [sys.executable, "-m", "pre_commit"]
        for command in (
            ["git", "init", "-q"],
            ["git", "config", "user.email", "nobody@example.com"],
            ["git", "config", "user.name", "Nobody"],
            [*pre_commit, "install"],
            ["git", "add", "."],
        ):
            expect(" ".join(command[-2:]), run(folder, *command, environment=environment), 0)
        commit = ["git", "commit", "-m", "a change"]
        expect("a clean commit", run(folder, *commit, environment=environment), 0, "Passed")

        port = folder / "keras/port.json"
        port.write_text(PORT.replace("0.00025", "0.0005"))
        run(folder, "git", "add", ".")
        expect(
            "a number copied verbatim",
            run(folder, *commit, environment=environment),
            1,
            "SS701",
            "that is 2 times as much",
            "copied as it is",
            "Write 0.00025",
        )
        fix = [*pre_commit, "run", "--hook-stage", "manual", f"samestep-fix{suffix}"]
        expect("--fix", run(folder, *fix, environment=environment), 1, "files were modified by this hook")
        if port.read_text() != PORT:
            sys.exit(f"--fix wrote\n{port.read_text()}")
        run(folder, "git", "add", ".")
        expect("--fix again", run(folder, *fix, "--all-files", environment=environment), 0, "Passed")
        expect("the check again", run(folder, *pre_commit, "run", "--all-files", environment=environment), 0, "Passed")


def main():
    """Both kinds."""
    repository, wheels = (str(Path(argument).resolve()) for argument in sys.argv[1:3])
    revision = run(repository, "git", "rev-parse", "HEAD")[1].strip()
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "PRE_COMMIT_HOME": cache, "PIP_FIND_LINKS": wheels}
        environment["GIT_CONFIG_COUNT"] = "1"
        environment["GIT_CONFIG_KEY_0"] = "safe.directory"
        environment["GIT_CONFIG_VALUE_0"] = "*"
        for suffix, what in (("", "the wheel"), ("-jdk", "the JDK of this machine")):
            print(f"with {what}")
            kind(repository, revision, environment, suffix)


if __name__ == "__main__":
    main()
