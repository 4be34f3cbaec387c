-- What two devices need to become one again. Of what a note says, of where it stands and of whether it is there at all each
-- device has its own last word; which of two holds can be told from these columns alone, in whatever order devices meet.

-- Whether the learner ever changed what a note says, or where it stands: that outweighs what banks made of it, whenever
-- they did.
ALTER TABLE note ADD COLUMN edited INTEGER NOT NULL DEFAULT 0 CHECK (edited IN (0, 1));
ALTER TABLE note ADD COLUMN placed INTEGER NOT NULL DEFAULT 0 CHECK (placed IN (0, 1));
-- When the learner last changed anything of it or brought it back, in milliseconds since 1970, 0 if never: a removal that is
-- later holds.
ALTER TABLE note ADD COLUMN touched_at INTEGER NOT NULL DEFAULT 0;

UPDATE note SET
    edited = bank_says IS NOT NULL OR (from_bank IS NULL AND edited_at > created_at),
    placed = placed_at > created_at;
UPDATE note SET touched_at = min(max(edited_at, placed_at), coalesce(removed_at - 1, max(edited_at, placed_at)))
WHERE edited OR placed;

-- What a note said before, and what was said on another device when that gave way: as the JSON of its columns. It only grows.
-- The same words may stand there twice, if they were said again.
CREATE TABLE note_version (
    guid      TEXT    NOT NULL,
    says      TEXT    NOT NULL,
    -- when that was said last, in milliseconds since 1970
    edited_at INTEGER NOT NULL
) STRICT;

CREATE INDEX note_version_of ON note_version (guid);

CREATE TRIGGER note_said BEFORE UPDATE OF edited_at ON note
WHEN (OLD.kind, OLD.prompt, OLD.answer, OLD.detail, OLD.code, OLD.language, OLD.hint, OLD.explanation, OLD.mistakes,
        OLD.check_line, OLD.difficulty, OLD.level, OLD.tags, OLD.source, OLD.html)
    IS NOT (NEW.kind, NEW.prompt, NEW.answer, NEW.detail, NEW.code, NEW.language, NEW.hint, NEW.explanation, NEW.mistakes,
        NEW.check_line, NEW.difficulty, NEW.level, NEW.tags, NEW.source, NEW.html)
BEGIN
    INSERT INTO note_version (guid, edited_at, says) SELECT OLD.guid, OLD.edited_at, json_object(
        'kind', OLD.kind, 'prompt', OLD.prompt, 'answer', OLD.answer, 'detail', OLD.detail, 'code', OLD.code,
        'language', OLD.language, 'hint', OLD.hint, 'explanation', OLD.explanation, 'mistakes', OLD.mistakes,
        'check_line', OLD.check_line, 'difficulty', OLD.difficulty, 'level', OLD.level, 'tags', OLD.tags,
        'source', OLD.source, 'html', OLD.html);
END;

-- When a deck got its name, in milliseconds since 1970; 0 for the name that it came with.
ALTER TABLE deck ADD COLUMN named_at INTEGER NOT NULL DEFAULT 0;

-- Settings with the times at which they were set, in milliseconds since 1970; null is that the default was to hold again.
CREATE TABLE timed_setting (
    name  TEXT    PRIMARY KEY,
    value TEXT,
    at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO timed_setting (name, value, at) SELECT name, value, 0 FROM setting;
DROP TABLE setting;
ALTER TABLE timed_setting RENAME TO setting;

DROP TRIGGER deck_setting_was;
CREATE TABLE timed_deck_setting (
    deck_id INTEGER NOT NULL REFERENCES deck (id),
    name    TEXT    NOT NULL,
    value   TEXT,
    at      INTEGER NOT NULL,
    PRIMARY KEY (deck_id, name)
) STRICT, WITHOUT ROWID;
INSERT INTO timed_deck_setting (deck_id, name, value, at) SELECT deck_id, name, value, 0 FROM deck_setting;
DROP TABLE deck_setting;
ALTER TABLE timed_deck_setting RENAME TO deck_setting;

CREATE TRIGGER deck_setting_was BEFORE DELETE ON deck_setting
BEGIN
    INSERT OR IGNORE INTO operation_was (operation_id, what, key, was)
    SELECT operation.id, 'deck_setting', json_array(OLD.deck_id, OLD.name),
        json_object('value', OLD.value, 'at', OLD.at)
    FROM operation WHERE log_after IS NULL;
END;

-- A row that came from Anki on two devices has one id, and may have got another place and another day on the one than on the
-- other: the lesser holds on both. All else in the log stays as it was written.
DROP TRIGGER log_keeps_its_rows;
CREATE TRIGGER log_keeps_its_rows BEFORE UPDATE ON log
WHEN (NEW.seq, NEW.at, NEW.day, coalesce(NEW.due, 0)) > (OLD.seq, OLD.at, OLD.day, coalesce(OLD.due, 0))
    OR (NEW.n, NEW.id, NEW.guid, NEW.slot, NEW.kind, NEW.grade, NEW.took_ms, NEW.attempts, NEW.hinted, NEW.responses,
        NEW.reason, NEW.repetitions, NEW.ease, NEW.interval, NEW.lapses, NEW.due IS NULL, NEW.target)
    IS NOT (OLD.n, OLD.id, OLD.guid, OLD.slot, OLD.kind, OLD.grade, OLD.took_ms, OLD.attempts, OLD.hinted, OLD.responses,
        OLD.reason, OLD.repetitions, OLD.ease, OLD.interval, OLD.lapses, OLD.due IS NULL, OLD.target)
BEGIN
    SELECT raise(ABORT, 'the review log is only ever appended to');
END;

-- This device in a folder that is kept alike on several: under which name it writes its file there, and what the last one
-- that it wrote is known by. It is empty until the first time.
CREATE TABLE sync_device (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    id    TEXT    NOT NULL,
    stamp TEXT    NOT NULL
) STRICT;

-- The files of other devices that were taken in, by what they are known by.
CREATE TABLE sync_seen (
    id    TEXT PRIMARY KEY,
    stamp TEXT NOT NULL
) STRICT, WITHOUT ROWID;
