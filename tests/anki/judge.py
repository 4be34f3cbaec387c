"""Imports text files into a real Anki and exports them, as its dialogs would with nothing changed in them.

Reads a request and writes a verdict, both JSON, on stdin and stdout. A request has:

  collection  the file of the collection; made if there is none
  language    of the profile, such as "en"
  steps       in order: {"import": FILE}, {"package": FILE, "scheduling": BOOL} (whether its learning progress is taken),
              {"export_package": FILE, "legacy": BOOL}, {"export_collection": FILE, "legacy": BOOL},
              {"add": NOTETYPE, "fields": [TEXT], "tags": [TAG], "deck": NAME}, {"edit": GUID, "field": NAME, "to": TEXT},
              {"review": GUID, "button": 1 to 4} (answers its first card), {"suspend": GUID}, {"unsuspend": GUID},
              {"forget": GUID},
              {"set_due": GUID, "days": TEXT}, {"media": NAME, "bytes": HEX} (a file that notes name) and {"export": FILE} (all notes in plain text, with everything that its
              dialog offers)
  typed       {GUID: TEXT} to have TEXT compared with the answer of a type-in note
"""

import datetime
import json
import pathlib
import sys
from html.parser import HTMLParser

import anki.lang
from anki.collection import (
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportCsvRequest,
)

# Anki's numbers for its stock notetypes, whose names depend on the language.
STOCK = {1: "basic", 2: "reversed", 3: "optional", 4: "typed", 5: "cloze", 6: "occlusion"}
LOG = (
    "new",
    "updated",
    "duplicate",
    "conflicting",
    "first_field_match",
    "missing_notetype",
    "missing_deck",
    "empty_first_field",
)
ALONE = {"br", "hr", "img", "input", "meta", "link", "wbr"}
BLOCKS = {"div", "hr", "ol", "ul", "li", "pre", "details", "summary", "p"}


class Page(HTMLParser):
    """What a reader sees of a side of a card: its text, and the text of the parts that tests ask for."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.parts = {"cloze": [], "code": [], "item": [], "bold": [], "folded": [], "letters": []}
        self.open = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in BLOCKS:
            self.text += "\n"
        if tag == "br":
            self.text += "\n"
        if tag in ALONE:
            return
        part = {"code": "code", "li": "item", "b": "bold", "details": "folded"}.get(tag)
        if tag == "code" and not any(opened == "pre" for opened, _, _ in self.open):
            part = None
        if tag == "span" and "cloze" in (attributes.get("class") or "").split():
            part = "cloze"
        if tag == "ol":
            self.parts["letters"].append(attributes.get("type"))
        self.open.append((tag, part, len(self.text)))

    def handle_endtag(self, tag):
        while self.open:
            opened, part, start = self.open.pop()
            if part:
                self.parts[part].append(self.text[start:])
            if opened == tag:
                break
        if tag in BLOCKS:
            self.text += "\n"

    def handle_data(self, data):
        self.text += data


def side(html):
    page = Page(html)
    return {"text": page.text, **page.parts}


def told(col, card):
    rendered = card.render_output()
    answer = rendered.answer_text.split("<hr id=answer>", 1)[-1]
    return {
        "deck": col.decks.name(card.did),
        "question": side(rendered.question_text),
        "answer": side(answer),
        "page": [rendered.css, rendered.question_text, rendered.answer_text],
        "state": [card.type, card.queue, card.due, card.ivl, card.factor, card.reps, card.lapses],
        "date": due_date(col, card),
        "reviews": col.db.all(
            "select id, ease, ivl, lastIvl, factor, time, type from revlog where cid = ? order by id", card.id
        ),
    }


def due_date(col, card):
    """The date on which a card comes that was reviewed, suspended or not."""
    if card.type != 2:
        return None
    today = datetime.date.fromtimestamp(col.sched.day_cutoff - 86400)
    return str(today + datetime.timedelta(days=card.due - col.sched.today))


def note_of(col, guid):
    return col.get_note(col.db.scalar("select id from notes where guid = ?", guid))


def run_import(col, path):
    metadata = col.get_csv_metadata(path=path, delimiter=None)
    log = col.import_csv(ImportCsvRequest(path=path, metadata=metadata)).log
    return {kind: len(getattr(log, kind)) for kind in LOG}


def run_package(col, path, scheduling):
    options = ImportAnkiPackageOptions(
        merge_notetypes=False,
        with_scheduling=scheduling,
        with_deck_configs=False,
        update_notes=0,
        update_notetypes=0,
    )
    log = col.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options)).log
    return {kind: len(getattr(log, kind)) for kind in LOG}


def run(request):
    anki.lang.set_lang(request["language"])
    col = Collection(request["collection"])
    imports = []
    for step in request["steps"]:
        if "import" in step:
            imports.append(run_import(col, step["import"]))
        elif "package" in step:
            imports.append(run_package(col, step["package"], step["scheduling"]))
        elif "export_package" in step:
            options = ExportAnkiPackageOptions(
                with_scheduling=True, with_deck_configs=False, with_media=True, legacy=step["legacy"]
            )
            col.export_anki_package(out_path=step["export_package"], options=options, limit=None)
        elif "export_collection" in step:
            col.export_collection_package(step["export_collection"], True, step["legacy"])
            col.reopen() if not col.db else None
        elif "add" in step:
            note = col.new_note(col.models.by_name(step["add"]))
            note.fields = step["fields"]
            note.tags = step["tags"]
            col.add_note(note, col.decks.id(step["deck"]))
        elif "edit" in step:
            note = note_of(col, step["edit"])
            note[step["field"]] = step["to"]
            col.update_note(note)
        elif "media" in step:
            col.media.write_data(step["media"], bytes.fromhex(step["bytes"]))
        elif "export" in step:
            col.export_note_csv(
                out_path=step["export"],
                limit=None,
                with_html=True,
                with_tags=True,
                with_deck=True,
                with_notetype=True,
                with_guid=True,
            )
        elif "suspend" in step:
            col.sched.suspend_cards(note_of(col, step["suspend"]).card_ids())
        elif "unsuspend" in step:
            col.sched.unsuspend_cards(note_of(col, step["unsuspend"]).card_ids())
        elif "forget" in step:
            col.sched.schedule_cards_as_new(note_of(col, step["forget"]).card_ids())
        elif "set_due" in step:
            col.sched.set_due_date(note_of(col, step["set_due"]).card_ids(), step["days"])
        else:
            card = note_of(col, step["review"]).cards()[0]
            card.start_timer()
            col.sched.answerCard(card, step["button"])
    notes = []
    for (id,) in col.db.execute("select id from notes order by id"):
        note = col.get_note(id)
        notetype = note.note_type()
        notes.append(
            {
                "id": note.id,
                "guid": note.guid,
                "notetype": notetype["name"],
                "stock": STOCK.get(notetype.get("originalStockKind")),
                "tags": note.tags,
                "fields": note.fields,
                "cards": [told(col, card) for card in note.cards()],
            }
        )
    typed = {
        guid: col.compare_answer(note_of(col, guid).fields[1], text, True)
        for guid, text in request["typed"].items()
    }
    names = {STOCK.get(model.get("originalStockKind")): model["name"] for model in col.models.all()}
    folder = pathlib.Path(col.media.dir())
    media = {file.name: file.read_bytes().hex() for file in folder.iterdir()}
    decks = [deck.name for deck in col.decks.all_names_and_ids()]
    report, sound = col.fix_integrity()
    col.close()
    return {
        "imports": imports,
        "notes": notes,
        "typed": typed,
        "notetypes": names,
        "decks": decks,
        "media": media,
        "problems": None if sound else report,
    }


json.dump(run(json.load(sys.stdin)), sys.stdout)
