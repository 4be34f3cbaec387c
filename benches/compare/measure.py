"""Runs whole processes and says what they took."""

import json
import os
import signal
import time
from dataclasses import dataclass, field
from statistics import median

# What a process that failed last may have said, in characters.
LAST_WORDS = 2000


class Failed(Exception):
    """A process that did not do its work."""


class TooSlow(Exception):
    """A process that was not done in its time."""


@dataclass
class Run:
    """One process from its start to its end."""

    # seconds on the clock
    seconds: float
    # the most memory that it held, in bytes; not below what this program itself holds, for a process begins as its copy
    memory: int
    # what it says of its own work without its start, in seconds; None if it says nothing
    inside: float | None


def run(arguments, *, folder, stdin=None, limit=None, says_inside=False):
    """Runs a program in a folder, with that as its home, and waits for it, `limit` seconds at most."""
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "UTC", "HOME": str(folder)}
    said = os.path.join(folder, ".stdout")
    complained = os.path.join(folder, ".stderr")
    new_file = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, stdin or os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, said, new_file, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, complained, new_file, 0o600),
    ]
    before = os.getcwd()
    os.chdir(folder)
    arguments = [str(argument) for argument in arguments]
    try:
        start = time.perf_counter()
        process = os.posix_spawn(arguments[0], arguments, environment, file_actions=actions, setpgroup=0)
        status, usage, seconds = wait(process, start, limit)
    finally:
        os.chdir(before)
    if status != 0:
        with open(complained, encoding="utf-8", errors="replace") as words:
            raise Failed(f"{' '.join(arguments)}: {words.read()[-LAST_WORDS:]}")
    inside = None
    if says_inside:
        with open(said, encoding="utf-8") as words:
            inside = json.load(words)["seconds"]
    return Run(seconds, usage.ru_maxrss * 1024, inside)


def wait(process, start, limit):
    if limit is None:
        _, status, usage = os.wait4(process, 0)
        return status, usage, time.perf_counter() - start
    previous = signal.signal(signal.SIGALRM, lambda *_: os.killpg(process, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        _, status, usage = os.wait4(process, 0)
        seconds = time.perf_counter() - start
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    if seconds >= limit:
        raise TooSlow(f"it takes more than {limit} seconds")
    return status, usage, seconds


@dataclass
class Figure:
    """What one program took for one work, over all rounds."""

    runs: list = field(default_factory=list)
    # bytes of what it made, if that is a collection
    size: int | None = None

    @property
    def seconds(self):
        return median(run.seconds for run in self.runs)

    @property
    def inside(self):
        """Its work without its start; for a program that does not say it, all of it."""
        return median(run.seconds if run.inside is None else run.inside for run in self.runs)

    @property
    def memory(self):
        return max(run.memory for run in self.runs)
