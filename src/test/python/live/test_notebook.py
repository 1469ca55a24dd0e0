"""The notebook of the documentation, cell by cell."""

from __future__ import annotations

import json

import pytest
from conftest import ROOT

pytest.importorskip("torch")


def test_the_notebook_ports_and_checks(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    notebook = json.loads((ROOT / "docs/examples/porting-live.ipynb").read_text())
    names: dict = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec(compile(cell["source"], "cell", "exec"), names)  # noqa: S102 - the documentation's own
    assert not names["found"]
    assert not names["wrong"]
    assert names["right"]
    assert "agrees" in capsys.readouterr().out
