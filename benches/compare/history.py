"""Gives every card of a collection its ten reviews, the same ones in matura and in Anki.

usage: history.py matura|anki COLLECTION TODAY
"""

import os
import sqlite3
import sys

from material import MS_PER_DAY, REVIEWS, reviews

# Study days that Anki's collection is old, so that days are positive.
ANKI_AGE = 1000
# What Anki calls a card that is reviewed, and how it writes an ease.
ANKI_REVIEWED, ANKI_EASE = 2, 2500
# The interval of a card that was not forgotten at last, in days.
LONG = 200


def matura(database, today):
    """Writes the log and what follows from it; `matura check` has to find it sound."""
    guids = [guid for (guid,) in database.execute("SELECT guid FROM note ORDER BY id")]
    sql = """INSERT INTO log (id, guid, slot, seq, at, day, kind, grade, took_ms, attempts, hinted)
        VALUES (?, ?, 'front', ?, ?, ?, 'review', ?, ?, 1, 0)"""
    noise = iter(lambda: os.urandom(10), None)
    rows = (
        (uuid7(at, next(noise)), guids[n], seq, at, at // MS_PER_DAY, grade, 1500 + 37 * (n % 300))
        for at, n, seq, grade in in_order(len(guids), today)
    )
    database.executemany(sql, rows)
    cards = [card for (card,) in database.execute("SELECT id FROM card ORDER BY note_id")]
    sql = "UPDATE card SET due = ?, repetitions = ?, ease = ?, interval = ?, lapses = ? WHERE id = ?"
    database.executemany(sql, (sm2(reviews(n, today)) + (card,) for n, card in enumerate(cards)))
    database.execute("UPDATE deck SET fresh = 0")
    database.execute("INSERT INTO deck_day SELECT deck_id, due, count(*), 0 FROM card GROUP BY deck_id, due")


def sm2(given):
    """The state of a card after its reviews: the day on which it is due, repetitions, ease in thousandths, interval, lapses."""
    repetitions, ease, interval, lapses, due = 0, 2500, 0, 0, None
    for day, grade in given:
        if grade < 3:
            lapses += repetitions > 0
            repetitions, interval = 0, 1
        else:
            interval = (1, 6)[repetitions] if repetitions < 2 else min((interval * ease + 500) // 1000, 36_500)
            repetitions += 1
        ease = max(1300, ease + 100 - (5 - grade) * (80 + (5 - grade) * 20))
        due = day + interval
    return due, repetitions, ease, interval, lapses


def anki(database, today):
    """Writes the log and the state of each card."""
    database.execute("UPDATE col SET crt = crt - ?", [ANKI_AGE * 86_400])
    cards = [card for (card,) in database.execute("SELECT id FROM cards ORDER BY id")]
    sql = "INSERT INTO revlog VALUES (?, ?, -1, ?, 30, 10, ?, 5000, 1)"
    order = in_order(len(cards), today)
    database.executemany(sql, ((at, cards[n], max(1, grade - 1), ANKI_EASE) for at, n, _, grade in order))
    sql = f"""UPDATE cards SET type = {ANKI_REVIEWED}, queue = {ANKI_REVIEWED}, factor = {ANKI_EASE}, reps = {REVIEWS},
        due = ?, ivl = ?, lapses = ? WHERE id = ?"""
    database.executemany(sql, (state(reviews(n, today)[-1], today) + (card,) for n, card in enumerate(cards)))


def state(last, today):
    day, grade = last
    forgotten = grade < 3
    interval = 1 if forgotten else LONG
    return ANKI_AGE + day + interval - today, interval, int(forgotten)


def in_order(count, today):
    """The time in milliseconds, the card, how often it was reviewed, the grade: one after another, as a learner gives them."""
    plan = [
        (day, n, seq, grade) for n in range(count) for seq, (day, grade) in enumerate(reviews(n, today), 1)
    ]
    plan.sort()
    last, within = None, 0
    for day, n, seq, grade in plan:
        within = within + 1 if day == last else 0
        last = day
        yield day * MS_PER_DAY + 10 * 3_600_000 + within, n, seq, grade


def uuid7(at, noise):
    """RFC 9562: 48 bits of time, then chance around the version and the variant."""
    return at.to_bytes(6, "big") + bytes([0x70 | noise[0] & 0x0F, noise[1], 0x80 | noise[2] & 0x3F]) + noise[3:]


if __name__ == "__main__":
    program, path, day = sys.argv[1:]
    opened = sqlite3.connect(path, isolation_level=None)
    opened.executescript("PRAGMA cache_size = -1000000; PRAGMA synchronous = OFF; BEGIN")
    {"matura": matura, "anki": anki}[program](opened, int(day))
    opened.execute("COMMIT")
    opened.close()
