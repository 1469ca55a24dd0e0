"""Compares the real ports of docs/ports.md again, from their authors' files. Optional: the files are not in this repository.

Each row names a file of each side as OWNER/NAME/PATH@COMMIT. Lay the repositories out, one folder OWNER+NAME each, with all
files at that commit (and a folder .git, empty or not, so that modules are found), then

    python src/test/python/check_ports.py FOLDER [ID ...]

It runs `translate compare SOURCE TARGET --format json` for each row, and fails if what a side adds to the gradient of its
kernels or the verdict is not what the row says. A row whose files are not there is skipped, with the reason.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs/ports.md"
TRANSLATE = os.environ.get("TRANSLATE", str(ROOT / "translate")).split()


def rows():
    """The cells of the page's first table."""
    for line in PAGE.read_text().split("\n## ")[0].splitlines():
        if re.match(r"\| P\d\d", line):
            yield [cell.strip() for cell in line.strip().strip("|").split("|")]


def file_of(cell, folder):
    """The file that a cell names, as `OWNER/NAME/PATH@COMMIT`."""
    match = re.match(r"`([^/`]+)/([^/`]+)/([^@`]+)@", cell)
    return match and folder / (match.group(1) + "+" + match.group(2)) / match.group(3)


def gamma(parts):
    """What a side adds, as the page says it."""
    kinds = {part["kind"] for part in parts}
    if not parts or "not_known" in kinds:
        return "not known"
    numbers = sorted({part["value"] for part in parts if part["kind"] == "in_the_gradient"})
    if "otherwise" in kinds or len(numbers) > 1:
        return " and ".join(f"{n:.6g}" for n in numbers) or "no multiple of w"
    return f"{numbers[0]:.6g}" if numbers else "0"


def verdict(decay):
    """The relation of both sides, as the page says it."""
    if decay["relation"] == "factor":
        return f"{decay['factor']:.6g} times"
    return {
        "same": "the same",
        "none": "none on both sides",
        "dropped": "dropped",
        "added": "added",
        "several": "not one number",
        "not_known": "not known",
    }[decay["relation"]]


def compare(source, target):
    """The decay of both sides, or the last finding where nothing was compared."""
    run = subprocess.run(
        TRANSLATE + ["compare", str(source), str(target), "--format", "json"],
        capture_output=True, text=True, check=False)
    if not run.stdout.startswith("{"):
        errors = [line for line in run.stderr.splitlines() if "error:" in line or line.startswith("translate:")]
        return None, (errors or run.stderr.splitlines() or ["nothing"])[0]
    return json.loads(run.stdout)["weight_decay_of_kernels"], ""


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    wanted = set(sys.argv[2:])
    wrong = skipped = 0
    for name, source, source_gamma, target, target_gamma, said, _note in rows():
        if wanted and name not in wanted:
            continue
        files = file_of(source, folder), file_of(target, folder)
        if None in files or not all(file.is_file() for file in files):
            print(f"{name}: skipped, its files are not there")
            skipped += 1
            continue
        began = time.time()
        decay, stopped = compare(*files)
        found = (gamma(decay["source"]), gamma(decay["target"]), verdict(decay)) if decay else ("-", "-", "not read")
        holds = found == (source_gamma, target_gamma, said)
        wrong += not holds
        print(f"{name}: {'as said' if holds else 'NOT AS SAID'}: {' | '.join(found)} ({time.time() - began:.1f} s) {stopped}")
    print(f"{wrong} not as said, {skipped} skipped")
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())
