"""Says what was measured: all of it on the terminal, the most important for the README."""

import os
import platform
import re
from datetime import date

from works import ANKI_CARD, MEGABYTE, WORKS

OTHERS = ("sqlite3", "Anki", "carddown", "hashcards", "true")
BEGIN, END = "<!-- figures: benches/run --readme -->", "<!-- end of figures -->"


def report(figures, latencies, works, sizes):
    places = dict.fromkeys(place for _, _, place, _ in figures)
    for place in places:
        for size in sizes:
            print(f"\n{size:,} cards on {place}, medians; how many times matura's own time the others take")
            for work in works:
                line = row(figures, work, size, place)
                if line:
                    print(f"  {work.title:<30} {line}")
                    for goal in work.goals:
                        if size in goal.sizes:
                            print(f"  {'':<30}   {verdict(figures, work, size, place, goal)}")
            sizes_on_disk(figures, size, place)
    growth(figures, places)
    for size, took in latencies.items():
        print(
            f"from an answer to the next card, {size:,} cards, in memory: median {seconds(took['median'])},"
            f" 99th percentile {seconds(took['p99'])} (under 1 ms wanted at 1,000,000)"
        )


def row(figures, work, size, place):
    own = figures.get((work.key, size, place, "matura"))
    if own is None:
        return None
    parts = [f"matura {seconds(own.seconds)} {own.memory / MEGABYTE:.0f} MB"]
    for name in OTHERS:
        other = figures.get((work.key, size, place, name))
        if other:
            alone = f" (alone {seconds(other.inside)})" if other.inside < other.seconds else ""
            ratio = other.seconds / own.seconds
            parts.append(f"{name} {seconds(other.seconds)}{alone} {other.memory / MEGABYTE:.0f} MB ×{ratio:.2f}")
    return " | ".join(parts)


def verdict(figures, work, size, place, goal):
    own = figures[work.key, size, place, "matura"].seconds
    if goal.against is None:
        reached, most, of = own, goal.most, "s"
    else:
        other = figures.get((work.key, size, place, goal.against))
        if other is None:
            return f"goal against {goal.against}: it is not there"
        reached, most = own / (other.inside if goal.inside else other.seconds), goal.most
        of = f"of {goal.against}'s" + (" work alone" if goal.inside else "")
    return f"{'reached' if reached <= most else 'MISSED'}: {reached:.4f} {of}, at most {most:.4f} wanted"


def sizes_on_disk(figures, size, place):
    for name in ("matura", "Anki", "sqlite3"):
        figure = figures.get(("bank_in", size, place, name))
        if figure and figure.size:
            goal = f", under {ANKI_CARD} wanted" if name == "matura" else ""
            print(f"  {name}: {figure.size / size:.0f} bytes on the disk a note with its card{goal}")


def growth(figures, places):
    for place in places:
        small, large = (figures.get(("bank_in", size, place, "matura")) for size in (100_000, 1_000_000))
        if small and large:
            print(
                f"\nimport of 1,000,000 on {place}: {large.seconds / small.seconds:.1f} times 100,000 (at most 11 wanted),"
                f" {large.memory / MEGABYTE:.0f} MB (under 400 wanted)"
            )


def seconds(value):
    if value < 0.0995:
        return f"{value * 1000:.2g} ms" if value < 0.00995 else f"{value * 1000:.0f} ms"
    return f"{value:.2f} s" if value < 9.95 else f"{value:.0f} s"


def write_readme(path, figures):
    """Between two marks of the README: whole processes on the disk."""
    lines = [
        BEGIN,
        "",
        "| work | cards | matura | Anki | carddown | hashcards | SQLite's shell |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for work in WORKS:
        for size in work.told:
            own = figures.get((work.key, size, "disk", "matura"))
            if own is None:
                continue
            cells = [cell(figures.get((work.key, size, "disk", name))) for name in OTHERS[1:4] + OTHERS[:1]]
            title, _, _ = work.title.partition(" (")
            lines.append(f"| {title} | {size:,} | {seconds(own.seconds)} | {' | '.join(cells)} |")
    lines += ["", f"{date.today()}, {machine()}; the times of whole processes on a disk, medians.", "", END]
    text = path.read_text(encoding="utf-8")
    pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.S)
    if not pattern.search(text):
        raise SystemExit(f"{path} has no place for figures: {BEGIN} and {END}")
    path.write_text(pattern.sub(lambda _: "\n".join(lines), text), encoding="utf-8")


def cell(figure):
    return "" if figure is None else seconds(figure.seconds)


def machine():
    """What people need to compare: no name of the machine."""
    model = platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            names = [line.split(":", 1)[1].strip() for line in info if line.startswith("model name")]
        model = names[0] if names else model
    except OSError:
        pass
    return f"{os.cpu_count()} cores of {model}, {platform.system()}"
