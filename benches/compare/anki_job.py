"""One piece of work in a real Anki; says how long it took without the start of Python and the opening, as JSON."""

import json
import sys
import time

import anki.lang
from anki.collection import (
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportCsvRequest,
)
from anki.scheduler.v3 import CardAnswer
from material import WORD


def text_in(collection, file):
    metadata = collection.get_csv_metadata(path=file, delimiter=None)
    collection.import_csv(ImportCsvRequest(path=file, metadata=metadata))


def text_out(collection, file):
    everything = {f"with_{part}": True for part in ("html", "tags", "deck", "notetype", "guid")}
    collection.export_note_csv(out_path=file, limit=None, **everything)


def package_in(collection, package):
    options = ImportAnkiPackageOptions(
        merge_notetypes=False, with_scheduling=True, with_deck_configs=False, update_notes=0, update_notetypes=0
    )
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=options))


def package_out(collection, package):
    options = ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=False, with_media=True, legacy=False
    )
    collection.export_anki_package(out_path=package, options=options, limit=None)


def today(collection):
    collection.sched.deck_due_tree()


def first(collection):
    assert collection.sched.get_queued_cards(fetch_limit=1).cards


def search(collection):
    assert collection.find_notes(WORD)


def answers(collection, count):
    for _ in range(int(count)):
        queued = collection.sched.get_queued_cards(fetch_limit=1).cards[0]
        card = collection.get_card(queued.card.id)
        card.start_timer()
        answer = collection.sched.build_answer(card=card, states=queued.states, rating=CardAnswer.GOOD)
        collection.sched.answer_card(answer)


def unlimited(collection):
    """The deck under which the others are is chosen, and no limit of a day holds."""
    limits = collection.decks.get_config(1)
    limits["rev"]["perDay"] = 9999
    collection.decks.update_config(limits)
    collection.decks.select(collection.decks.id("Bench"))


anki.lang.set_lang("en")
work, path, *rest = sys.argv[1:]
collection = Collection(path)
start = time.perf_counter()
globals()[work](collection, *rest)
print(json.dumps({"seconds": time.perf_counter() - start}))
collection.close()
