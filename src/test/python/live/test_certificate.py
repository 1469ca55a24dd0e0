"""The checker of certificates: it proves those that are kept, and refuses each that was tampered with."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from samestep import certificate

REPOSITORY = Path(__file__).resolve().parents[4]
KEPT = REPOSITORY / "fixtures" / "certificates"
# PairCertificatesTest with -Dsamestep.certificates=true writes all of docs/pairs.md there.
WRITTEN = REPOSITORY / "target" / "certificates"
EDITS = json.loads((KEPT / "tampered" / "edits.json").read_text(encoding="utf-8"))


def tampered(edit: dict[str, Any]) -> Any:
    """A certificate with one place changed; the hashes of its equations are right again where the edit asks for it."""
    text = (KEPT / edit["certificate"]).read_text(encoding="utf-8")
    at = -1
    for _ in range(edit["nth"] + 1):
        at = text.index(edit["old"], at + 1)
    text = text[:at] + edit["new"] + text[at + len(edit["old"]) :]
    if edit["rehash"]:
        for one in json.loads(text)["equations"]:
            text = text.replace(one["sha256"], hashlib.sha256(one["text"].encode()).hexdigest())
    return json.loads(text)


@pytest.mark.parametrize(
    "file", sorted(KEPT.glob("*.json")) + sorted(WRITTEN.glob("*.json")), ids=lambda file: file.stem
)
def test_what_was_made_is_proven(file: Path) -> None:
    assert certificate.main([str(file)]) == 0


@pytest.mark.parametrize("number", range(len(EDITS)))
def test_what_was_tampered_with_is_refused(number: int, tmp_path: Path) -> None:
    file = tmp_path / "tampered.json"
    file.write_text(json.dumps(tampered(EDITS[number])), encoding="utf-8")
    assert certificate.main([str(file)]) == 1


@pytest.mark.parametrize("text", ["[]", "{}", '{"rate": {"kind": "any"}}', "no JSON"])
def test_what_is_no_certificate_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "none.json"
    file.write_text(text, encoding="utf-8")
    assert certificate.main([str(file)]) == 1
