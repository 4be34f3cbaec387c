"""What each program is called with for each work; a work that a program has no method for is not its work."""

import shutil
import sqlite3
from pathlib import Path

from material import WORD

HERE = Path(__file__).parent


def answers_in(site):
    """Answers in one run: so few that all runs together find as many due cards."""
    return min(1000, site.size // 100)


class Program:
    # whether it says how long its work took without its start
    says_inside = False

    def __init__(self, executable, site):
        self.executable = executable
        self.site = site

    def has(self, work):
        return hasattr(self, work)

    def before(self, work):
        """Makes ready what the work needs each time."""
        prepare = getattr(self, f"before_{work}", None)
        if prepare:
            prepare()

    def size(self):
        """Bytes of its collection on the disk, without reviews."""
        return None


def remove(*paths):
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def remove_database(path):
    remove(*(path.with_name(path.name + end) for end in ("", "-wal", "-shm", ".backups", ".media")))


class Matura(Program):
    name = "matura"

    def __init__(self, executable, site):
        super().__init__(executable, site)
        self.collection = site.folder / "matura.db"
        self.learnt = site.folder / "learnt.db"
        self.brought = site.folder / "brought.db"

    def call(self, *arguments, on=None):
        return [self.executable, "--collection", on or self.collection, *arguments]

    def start(self):
        return [self.executable, "--version"]

    def before_bank_in(self):
        remove_database(self.collection)

    def bank_in(self):
        return self.call("import", self.site.bank)

    def bank_again(self):
        return self.call("import", self.site.bank)

    def size(self):
        return self.collection.stat().st_size

    def learn(self, run):
        """A collection of which every card was reviewed ten times."""
        remove_database(self.learnt)
        shutil.copy(self.collection, self.learnt)
        run(self.site.history("matura", self.learnt))
        for limit in ("reviews_per_day", "new_per_day"):
            run(self.call("config", limit, "9999", on=self.learnt))
        self.site.answers.write_text("\n3\n" * answers_in(self.site))

    def today(self):
        return self.call(on=self.learnt)

    def first(self):
        return self.call("review", on=self.learnt)

    def search(self):
        return self.call("list", WORD, on=self.learnt)

    def answers(self):
        return self.call("review", "--plain", on=self.learnt)

    def check(self):
        return self.call("check", on=self.learnt)

    def stats(self):
        return self.call("stats", on=self.learnt)

    def page(self):
        return self.call("stats", "--html", "-", on=self.learnt)

    # a file that is there already would be read for what has gone since

    def before_text_out(self):
        remove(self.site.folder / "out.csv")

    def text_out(self):
        return self.call("export", "--to", "anki", "--output", self.site.folder / "out.csv")

    def before_package_out(self):
        remove(self.site.folder / "out.apkg")

    def package_out(self):
        return self.call("export", "Bench", "--to", "apkg", "--output", self.site.folder / "out.apkg")

    def before_package_in(self):
        remove_database(self.brought)

    def package_in(self):
        return self.call("import", self.site.folder / "in.apkg", "--with-history", on=self.brought)


class Anki(Program):
    name = "Anki"
    says_inside = True

    def __init__(self, executable, site):
        super().__init__(executable, site)
        self.collection = site.folder / "anki.anki2"
        self.learnt = site.folder / "anki-learnt.anki2"
        self.brought = site.folder / "anki-brought.anki2"

    def call(self, work, *arguments, on=None):
        return [self.executable, HERE / "anki_job.py", work, on or self.collection, *arguments]

    def before_bank_in(self):
        remove_database(self.collection)

    def bank_in(self):
        return self.call("text_in", self.site.anki_text)

    def bank_again(self):
        return self.call("text_in", self.site.anki_text)

    def size(self):
        return self.collection.stat().st_size

    def learn(self, run):
        remove_database(self.learnt)
        shutil.copy(self.collection, self.learnt)
        run(self.site.history("anki", self.learnt))
        run(self.call("unlimited", on=self.learnt))

    def today(self):
        return self.call("today", on=self.learnt)

    def first(self):
        return self.call("first", on=self.learnt)

    def search(self):
        return self.call("search", on=self.learnt)

    def answers(self):
        return self.call("answers", answers_in(self.site), on=self.learnt)

    def text_out(self):
        return self.call("text_out", self.site.folder / "anki-out.txt")

    def package_out(self):
        return self.call("package_out", self.site.folder / "in.apkg")

    def before_package_in(self):
        remove_database(self.brought)

    def package_in(self):
        return self.call("package_in", self.site.folder / "in.apkg", on=self.brought)


class Sqlite(Program):
    """The floor: the same on bare tables, by SQLite's own shell."""

    name = "sqlite3"

    def __init__(self, executable, site):
        super().__init__(executable, site)
        self.bare = site.folder / "bare.db"
        self.log = site.folder / "bare-log.db"

    def bank_in(self):
        return [self.executable, "-cmd", ".mode csv", self.bare, f".import {self.site.bank} bank"]

    def before_bank_in(self):
        remove_database(self.bare)

    def size(self):
        return self.bare.stat().st_size

    def text_out(self):
        return [self.executable, "-csv", "-header", self.bare, "SELECT * FROM bank"]

    def search(self):
        return [
            self.executable,
            self.bare,
            f"SELECT id FROM bank WHERE prompt LIKE '%{WORD}%' OR answer LIKE '%{WORD}%'",
        ]

    def before_answers(self):
        """As many rows, each in a transaction of its own that waits for the disk."""
        remove_database(self.log)
        database = sqlite3.connect(self.log)
        database.executescript("PRAGMA journal_mode = WAL; CREATE TABLE log (n INTEGER PRIMARY KEY, at INTEGER, grade INTEGER)")
        database.close()
        answer = "INSERT INTO log (at, grade) VALUES (unixepoch(), 4);\n"
        (self.site.folder / "answers.sql").write_text("PRAGMA synchronous = FULL;\n" + answer * answers_in(self.site))

    def answers(self):
        return [self.executable, self.log, f".read {self.site.folder / 'answers.sql'}"]

    def check(self):
        """SQLite's own checks of matura's collection."""
        return [self.executable, self.site.folder / "learnt.db", "PRAGMA integrity_check; PRAGMA foreign_key_check"]


class Nothing(Program):
    """What it takes to start a process at all."""

    name = "true"

    def start(self):
        return [self.executable]


class Carddown(Program):
    """It has no history here, and what is due is not to be had without a terminal: `audit` reads all cards as that would."""

    name = "carddown"

    def __init__(self, executable, site):
        super().__init__(executable, site)
        self.vault = site.folder / "vault"

    def call(self, *arguments):
        return [self.executable, "--vault", self.vault, *arguments]

    def start(self):
        return [self.executable, "--version"]

    def before_bank_in(self):
        remove(self.vault)
        self.vault.mkdir()

    def bank_in(self):
        return self.call("scan", self.site.carddown)

    def bank_again(self):
        return self.call("scan", "--full", self.site.carddown)

    def today(self):
        return self.call("audit")


class Hashcards(Program):
    """It has no history here either."""

    name = "hashcards"

    def start(self):
        return [self.executable, "--version"]

    def today(self):
        return [self.executable, "due", self.site.hashcards]

    def check(self):
        return [self.executable, "check", self.site.hashcards]
