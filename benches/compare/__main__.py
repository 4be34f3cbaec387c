"""Compares whole processes of matura, Anki and other programs that do the same work, in one run, in turn.

usage: compare FOLDER_OF_PROGRAMS [--sizes N,N] [--places disk,ram] [--only WORK,WORK] [--readme]
"""

import argparse
import dataclasses
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import table
from measure import Failed, Figure, TooSlow, run
from programs import Anki, Carddown, Hashcards, Matura, Nothing, Sqlite
from works import with_what_they_need

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RAM = Path("/dev/shm")
# What takes longer is not asked of a rival at a greater size either, in seconds.
PATIENCE = 300
# So many cards have enough due ones for the answers of `latency`.
ENOUGH = 100_000
# From this size on everything is done a few times only.
LARGE = 1_000_000


@dataclasses.dataclass
class Site:
    """The files of one size in one place."""

    folder: Path
    size: int
    today: int

    def __post_init__(self):
        self.bank = self.folder / "bank.csv"
        self.anki_text = self.folder / "bank.txt"
        self.carddown = self.folder / "carddown"
        self.hashcards = self.folder / "hashcards"
        self.answers = self.folder / "answers.txt"
        # processes of their own: one that is started from here begins with the memory that is held here
        run([sys.executable, HERE / "material.py", self.folder, self.size], folder=self.folder)

    def history(self, program, collection):
        """What gives the cards of a collection their reviews."""
        return [sys.executable, HERE / "history.py", program, collection, self.today]


def found(folder):
    """The programs that are there."""
    places = {
        Matura: ROOT / "target/release/matura",
        Anki: ROOT / "target/anki-venv/bin/python",
        Sqlite: shutil.which("sqlite3"),
        Nothing: shutil.which("true"),
        Carddown: folder / "bin/carddown",
        Hashcards: folder / "bin/hashcards",
    }
    for program, place in places.items():
        if place is None or not Path(place).exists():
            print(f"{program.name} is not there and is left out", file=sys.stderr)
    return {program: str(place) for program, place in places.items() if place and Path(place).exists()}


def compare(site, place, executables, works, left_out, figures):
    programs = [kind(executable, site) for kind, executable in executables.items()]

    def call(arguments):
        run(arguments, folder=site.folder)

    has_history = False
    # what fails here may go elsewhere; what is too slow is no faster with more cards
    left_out_here = set()
    for work in works:
        if work.needs_history and not has_history:
            for program in programs:
                if hasattr(program, "learn"):
                    say(f"{site.size} cards on {place}: ten reviews each for {program.name}")
                    program.learn(call)
            has_history = True
        say(f"{site.size} cards on {place}: {work.title}")
        for turn in range(rounds(work, site.size)):
            for program in programs:
                if not program.has(work.key) or (program.name, work.key) in left_out | left_out_here:
                    continue
                program.before(work.key)
                stdin = site.answers if work.key == "answers" and program.name == "matura" else None
                try:
                    done = run(
                        getattr(program, work.key)(),
                        folder=site.folder,
                        stdin=stdin,
                        limit=None if program.name == "matura" else PATIENCE,
                        says_inside=program.says_inside,
                    )
                except (Failed, TooSlow) as why:
                    if program.name == "matura":
                        raise
                    say(f"{program.name} is left out: {why}")
                    too_large = isinstance(why, TooSlow)
                    (left_out if too_large else left_out_here).add((program.name, work.key))
                    continue
                figures.setdefault((work.key, site.size, place, program.name), Figure()).runs.append(done)
        if work.key == "bank_in":
            for program in programs:
                if program.size() is not None:
                    figures[work.key, site.size, place, program.name].size = program.size()


def latency(site, figures):
    """From an answer to the next card on the screen, where no disk is waited for."""
    command = ["cargo", "bench", "--quiet", "--locked", "--bench", "latency", "--", site.folder / "learnt.db"]
    say(f"{site.size} cards in memory: from an answer to the next card")
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    figures[site.size] = json.loads(done.stdout)


def rounds(work, size):
    return max(1, work.rounds // 4) if size >= LARGE else work.rounds


def say(words):
    print(f"{time.strftime('%H:%M:%S')}  {words}", file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser(prog="benches/run", description=__doc__.splitlines()[0])
    parser.add_argument("rivals", type=Path, help="the folder into which other programs are installed")
    parser.add_argument("--sizes", default="10000,100000,1000000", help="numbers of cards")
    parser.add_argument("--places", default="disk,ram")
    parser.add_argument("--only", default="", help="works, by their keys; what they need is done too")
    parser.add_argument("--readme", action="store_true", help="write the table into README.md")
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")]
    works = with_what_they_need(asked.only.split(",") if asked.only else [])
    executables = found(asked.rivals.resolve())
    figures, latencies, left_out = {}, {}, set()
    # what is due depends on the day: one day for all
    today = int(time.time()) // 86_400
    try:
        measure_all(asked, sizes, works, executables, today, figures, latencies, left_out)
    except KeyboardInterrupt:
        say("broken off: this is what was measured so far")
    table.report(figures, latencies, works, sizes)
    if asked.readme:
        table.write_readme(ROOT / "README.md", figures)


def measure_all(asked, sizes, works, executables, today, figures, latencies, left_out):
    for place in asked.places.split(","):
        parent = RAM if place == "ram" else ROOT / "target"
        if not parent.is_dir():
            say(f"there is no {parent}: nothing is measured there")
            continue
        for size in sizes:
            with tempfile.TemporaryDirectory(prefix="compare-", dir=parent) as folder:
                site = Site(Path(folder), size, today)
                compare(site, place, executables, works, left_out, figures)
                has_history = any(work.needs_history for work in works)
                if place == "ram" and has_history and size >= ENOUGH:
                    latency(site, latencies)


try:
    main()
except Failed as failed:
    sys.exit(str(failed))
