"""One JVM for many calls: requests and answers are JSON in frames, over its standard input and output."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import struct
import subprocess
import threading
from dataclasses import dataclass
from typing import IO

from samestep._java import command, environment

SERVE = "--serve"
_LENGTH = struct.Struct(">I")


@dataclass(frozen=True)
class Answer:
    """What a call of the program gave.

    Attributes:
        code: the exit code: 0 the same or nothing found, 1 findings, 2 wrong usage or unusable input, 70 a defect.
        out: what it printed to standard output.
        err: what it printed to standard error.
    """

    code: int
    out: str
    err: str


class Program:
    """The JVM of this process. It ends when its standard input does, so never later than this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        # After a fork the pipe belongs to the parent; in another folder relative names would mean other files.
        self._owner = (0, "")

    def call(self, arguments: list[str], text: str = "") -> Answer:
        """Runs one command.

        Args:
            arguments: what ``translate`` would be given.
            text: what it reads where a file is ``-``.

        Returns:
            The exit code and what was printed.
        """
        request = json.dumps({"arguments": arguments, "input": text}).encode("utf-8")
        with self._lock:
            process = self._running()
            try:
                stdin, stdout = _pipes(process)
                stdin.write(_LENGTH.pack(len(request)) + request)
                stdin.flush()
                (length,) = _LENGTH.unpack(_exactly(stdout, _LENGTH.size))
                answer = json.loads(_exactly(stdout, length).decode("utf-8"))
            except BaseException:
                # Half a frame may be left in the pipe: the next call begins anew.
                self._end()
                raise
        return Answer(int(answer["code"]), str(answer["out"]), str(answer["err"]))

    def end(self) -> None:
        """Ends the JVM. The next call starts another one."""
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        owner = (os.getpid(), os.getcwd())
        if self._process is not None and (self._owner != owner or self._process.poll() is not None):
            self._end()
        if self._process is None:
            self._process = subprocess.Popen(
                command([SERVE]), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
            )
            self._owner = owner
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in _pipes(process):
            with contextlib.suppress(OSError):
                pipe.close()
        if self._owner[0] != os.getpid():
            return
        try:
            process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the program was started without pipes")
    return process.stdin, process.stdout


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    parts: list[bytes] = []
    while size > 0:
        part = pipe.read(size)
        if not part:
            raise RuntimeError("the program ended before it answered; please report this (see README, Reporting)")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


PROGRAM = Program()
atexit.register(PROGRAM.end)
