"""The same facts in the files of every program, about 250 bytes each, and ten reviews of each card."""

import sys
from pathlib import Path

DECKS = 20
# The word that is searched stands in one note of so many.
ONE_IN = 1000
WORD = "quokka"
REVIEWS = 10
MS_PER_DAY = 86_400_000


def fact(n):
    """The id, the deck, the two sides and the tags of a fact."""
    rare = f" {WORD}" if n % ONE_IN == ONE_IN // 2 else ""
    prompt = f"Question {n}: which step of the pipeline notices that the data of production has moved away{rare}?"
    answer = f"Answer {n}: the monitoring step that compares both distributions over a window of time, day by day"
    return f"q{n}", f"Bench::Deck {n % DECKS}", prompt, answer, f"topic{n % 50} monitoring"


def write_bank(path, count):
    """A bank as matura and `sqlite3` read it."""
    with open(path, "w", encoding="utf-8") as out:
        out.write("id,deck,prompt,answer,tags\n")
        for n in range(count):
            ident, deck, prompt, answer, tags = fact(n)
            out.write(f'{ident},{deck},"{prompt}","{answer}",{tags}\n')


def write_anki_text(path, count):
    """A text file as Anki imports it, with guids, by which it finds its notes again."""
    with open(path, "w", encoding="utf-8") as out:
        out.write("#separator:tab\n#html:false\n#notetype:Basic\n#guid column:1\n#deck column:2\n#tags column:5\n")
        for n in range(count):
            out.write("\t".join(fact(n)) + "\n")


def write_carddown(folder, count):
    """A file in which each line is a card, a deck a file."""
    write_decks(folder, count, lambda prompt, answer: f"{prompt.replace(':', ',')} : {answer.replace(':', ',')} #flashcard\n\n")


def write_hashcards(folder, count):
    """A file of questions and answers, a deck a file."""
    write_decks(folder, count, lambda prompt, answer: f"Q: {prompt}\nA: {answer}\n\n")


def write_decks(folder, count, card):
    Path(folder).mkdir(parents=True)
    decks = [[] for _ in range(DECKS)]
    for n in range(count):
        _, _, prompt, answer, _ = fact(n)
        decks[n % DECKS].append(card(prompt, answer))
    for number, cards in enumerate(decks):
        Path(folder, f"Deck {number}.md").write_text("".join(cards), encoding="utf-8")


def reviews(n, today):
    """Ten reviews of a card, on ten study days: the day and the grade of each.

    One card of ten was forgotten on one of the last ten days and is due again; the others are due in months.
    """
    is_due = n % 10 == 0
    last = today - 1 - (n // 10) % 10
    days = [last - 40 * (REVIEWS - 1 - turn) - (n * 7 + turn * 11) % 20 for turn in range(REVIEWS - 1)]
    grades = [(3, 4, 4, 4, 5)[(n + turn * turn) % 5] for turn in range(REVIEWS - 1)]
    return list(zip(days + [last], grades + [1 if is_due else 4]))


if __name__ == "__main__":
    # for whoever wants to stay small: FOLDER COUNT
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    write_bank(folder / "bank.csv", count)
    write_anki_text(folder / "bank.txt", count)
    write_carddown(folder / "carddown", count)
    write_hashcards(folder / "hashcards", count)
