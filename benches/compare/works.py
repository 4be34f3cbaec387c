"""The works that are compared, and what is wanted of matura in each."""

from dataclasses import dataclass

MEGABYTE = 1_000_000
# A card of Anki's with its note, in bytes.
ANKI_CARD = 540


@dataclass(frozen=True)
class Goal:
    """At most so much of what another program takes in the same run, or at most so many seconds."""

    # "Anki", "sqlite3", or None for seconds
    against: str | None
    most: float
    # only at these numbers of cards
    sizes: tuple = (100_000,)
    # Anki's work alone, without the start of Python
    inside: bool = False


@dataclass(frozen=True)
class Work:
    key: str
    title: str
    goals: tuple = ()
    # how often it is done in a run at 10,000 and more cards
    rounds: int = 5
    needs_history: bool = False
    # the sizes that the README tells of
    told: tuple = (100_000,)
    # the works that leave what this one works on
    after: tuple = ("bank_in",)


ALL = (10_000, 100_000, 1_000_000)

WORKS = (
    Work("bank_in", "import of a bank", (Goal("sqlite3", 1), Goal("Anki", 1 / 6)), told=(100_000, 1_000_000), after=()),
    Work("bank_again", "import again, nothing changed", (Goal("Anki", 1 / 5),)),
    Work("text_out", "export as Anki's CSV", (Goal("Anki", 1 / 5),)),
    Work("package_out", "export as a package", (Goal("Anki", 1 / 4),)),
    Work("package_in", "import of a package", (Goal("Anki", 1 / 2),), after=("package_out",)),
    Work("start", "`--version`", (Goal(None, 0.003, ALL),), rounds=50, after=()),
    Work(
        "today",
        "what is due today",
        (Goal(None, 0.004, (10_000,)), Goal(None, 0.005), Goal(None, 0.010, (1_000_000,))),
        rounds=20,
        needs_history=True,
        told=ALL,
    ),
    Work(
        "first",
        "the first card to review",
        (Goal(None, 0.020, (1_000_000,)),),
        rounds=20,
        needs_history=True,
        told=ALL,
    ),
    Work("search", "a word searched", (Goal("Anki", 1 / 3, inside=True),), rounds=10, needs_history=True),
    Work("answers", "1,000 answers (100 of 10,000 cards)", (Goal("Anki", 1 / 2, inside=True),), needs_history=True),
    Work("check", "check of ten reviews a card", needs_history=True),
    Work("stats", "figures of ten reviews a card", (Goal(None, 0.150),), rounds=10, needs_history=True),
    Work("page", "the same as a page", (Goal(None, 1),), needs_history=True),
)


def with_what_they_need(keys):
    """The works of these keys, all if there are none, and those without which they cannot be done, in order."""
    wanted = set(keys) or {work.key for work in WORKS}
    for work in reversed(WORKS):
        if work.key in wanted:
            wanted.update(work.after)
    return [work for work in WORKS if work.key in wanted]
