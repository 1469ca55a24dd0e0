"""The commands as functions, and the process behind them."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time

import pytest
import samestep
from conftest import ROOT
from samestep._pipe import PROGRAM

LENET = ROOT / "fixtures/lenet"
SOLVER = LENET / "solver.prototxt"


def test_two_solvers_are_compared_value_by_value(tmp_path):
    other = tmp_path / "other.prototxt"
    other.write_text(SOLVER.read_text().replace("momentum: 0.9", "momentum: 0.8"))
    net = next(LENET.glob("*net*.prototxt"))
    found = samestep.compare(SOLVER, other, net=net, other_net=net)
    assert not found
    assert any(r.name == "momentum" and r.same is False for r in found.rows)
    assert "momentum" in str(found)
    assert "<table>" in found._repr_html_()
    assert samestep.compare(SOLVER, SOLVER, net=net, other_net=net).same


def test_a_test_fails_with_the_differences(tmp_path):
    other = tmp_path / "other.prototxt"
    other.write_text(SOLVER.read_text().replace("momentum: 0.9", "momentum: 0.8"))
    with pytest.raises(AssertionError, match="momentum"):
        samestep.assert_same_training(SOLVER, other)
    assert samestep.assert_same_training(SOLVER, SOLVER).same


def test_translate_explain_and_check():
    translated = samestep.translate(SOLVER, "keras")
    assert '"class_name": "SGD"' in translated.text
    assert "result" not in translated.text
    assert translated.kind
    assert samestep.translate(SOLVER, "pytorch", as_="python").text.startswith("import torch")
    assert "momentum" in samestep.explain(SOLVER).text
    assert "SS101" in samestep.explain("SS101").text
    found = samestep.check(SOLVER)
    assert found.files == 1
    assert all(f.code.startswith("SS") for f in found.findings)


def test_misuse_is_an_exception_and_a_bad_file_is_not(tmp_path):
    with pytest.raises(FileNotFoundError):
        samestep.compare("nowhere.prototxt", SOLVER)
    with pytest.raises(ValueError, match="--to"):
        samestep.translate(SOLVER, "fortran")
    broken = tmp_path / "broken.prototxt"
    broken.write_text("base_lr: {")
    assert not samestep.explain(broken)
    found = samestep.compare(broken, SOLVER)
    assert not found
    assert found.kind == "not compared"
    assert "broken.prototxt" in str(found)


def test_one_process_answers_and_ends_with_this_one():
    samestep.explain("SS101")
    first = PROGRAM._process
    samestep.explain("SS102")
    assert PROGRAM._process is first
    assert first is not None
    PROGRAM.end()
    assert first.poll() is not None
    assert samestep.explain("SS101").readable


def test_another_folder_means_other_files(tmp_path, monkeypatch):
    (tmp_path / "solver.prototxt").write_text(SOLVER.read_text())
    samestep.explain("SS101")
    monkeypatch.chdir(tmp_path)
    assert "solver.prototxt" in samestep.explain("solver.prototxt").text


@pytest.mark.parametrize("end", ["pass", "import os; os._exit(3)", "raise SystemExit(1)"])
def test_nothing_is_left_after_the_exit(end, tmp_path):
    script = f"""
        import sys
        sys.path.insert(0, {str(ROOT / "src/main/python")!r})
        import samestep
        from samestep._pipe import PROGRAM
        samestep.explain("SS101")
        print(PROGRAM._process.pid, flush=True)
        {end}
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    pid = int(done.stdout)
    for _ in range(600):
        if not _runs(pid):
            return
        time.sleep(0.1)
    raise AssertionError(f"the JVM {pid} still runs")


def _runs(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_no_framework_is_imported():
    script = f"""
        import sys
        sys.path.insert(0, {str(ROOT / "src/main/python")!r})
        import samestep
        samestep.compare, samestep.describe, samestep.verify
        try:
            samestep.describe(object())
        except TypeError:
            pass
        print(sorted({{"torch", "keras", "tensorflow", "jax", "numpy"}} & set(sys.modules)))
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_child_process_has_its_own():
    samestep.explain("SS101")
    child = os.fork()
    if child == 0:
        os._exit(0 if samestep.explain("SS102").readable else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert samestep.explain("SS103").readable
