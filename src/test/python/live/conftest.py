"""Puts the package of the repository before an installed one, with the classes that the build made."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
sys.path.insert(0, str(ROOT / "src/main/python"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

if "SAMESTEP_CLASS_PATH" not in os.environ:
    jars = sorted(ROOT.glob("target/samestep-*-all.jar"))
    if jars:
        os.environ["SAMESTEP_CLASS_PATH"] = str(jars[-1])
