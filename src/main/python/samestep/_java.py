"""How the program is started for many calls: with the wheel's jar and runtime, or with those of a developer."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence

# For development, where the package has no jar: a class path, and the java that runs it.
CLASS_PATH_VARIABLE = "SAMESTEP_CLASS_PATH"
JAVA_VARIABLE = "SAMESTEP_JAVA"


def command(arguments: Sequence[str]) -> list[str]:
    """The command that runs the program.

    Args:
        arguments: what ``translate`` would be given.

    Returns:
        The program and its arguments, for ``subprocess``.

    Raises:
        FileNotFoundError: there is no Java, or no jar.
    """
    given = os.environ.get(CLASS_PATH_VARIABLE)
    if given:
        java = os.environ.get(JAVA_VARIABLE) or shutil.which("java")
        if java is None:
            raise FileNotFoundError(f"Java is not found: put it on the PATH, or set {JAVA_VARIABLE}")
        options = ["-Xlog:disable", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
        return [java, *options, "-cp", given, "samestep.cli.Main", *arguments]
    from samestep import java as wheel

    if not wheel.JAR.exists():
        raise FileNotFoundError(f"{wheel.JAR} is missing: install the wheel, or set {CLASS_PATH_VARIABLE}")
    return wheel.command(arguments)


def environment() -> dict[str, str]:
    """The environment of the program: in the C locale of a bare container Java takes ASCII for names of files."""
    values = dict(os.environ)
    locale = values.get("LC_ALL") or values.get("LC_CTYPE") or values.get("LANG") or "C"
    if locale in ("C", "POSIX"):
        values["LC_ALL"] = "C.UTF-8"
    return values
