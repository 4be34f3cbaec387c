"""One piece of work in a real Anki: prints the seconds that it took without the start of Python.

usage: packages.py text COLLECTION FILE | in COLLECTION PACKAGE | out COLLECTION PACKAGE new|legacy
"""

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


def text_in(collection, file):
    metadata = collection.get_csv_metadata(path=file, delimiter=None)
    collection.import_csv(ImportCsvRequest(path=file, metadata=metadata))


def package_in(collection, package):
    options = ImportAnkiPackageOptions(
        merge_notetypes=False, with_scheduling=True, with_deck_configs=False, update_notes=0, update_notetypes=0
    )
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=options))


def package_out(collection, package, form):
    options = ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=False, with_media=True, legacy=form == "legacy"
    )
    collection.export_anki_package(out_path=package, options=options, limit=None)


anki.lang.set_lang("en")
work, path, *rest = sys.argv[1:]
collection = Collection(path)
start = time.perf_counter()
{"text": text_in, "in": package_in, "out": package_out}[work](collection, *rest)
print(time.perf_counter() - start)
collection.close()
