-- What was done to the collection here, so that it can be told and taken back. It is about this device alone.
CREATE TABLE operation (
    id         INTEGER PRIMARY KEY,
    -- milliseconds since 1970, and the study day
    at         INTEGER NOT NULL,
    day        INTEGER NOT NULL,
    act        TEXT    NOT NULL,
    -- what it was done to, for people
    about      TEXT    NOT NULL DEFAULT '',
    -- notes that it changed or added
    notes      INTEGER NOT NULL DEFAULT 0 CHECK (notes >= 0),
    -- its rows of the log are those with a greater n than the one and none greater than the other; null while it goes on
    log_before INTEGER NOT NULL,
    log_after  INTEGER,
    -- the notes that it added have these local numbers: from the one on, below the other
    first_note INTEGER NOT NULL,
    next_note  INTEGER,
    undone_at  INTEGER
) STRICT;

-- At most one goes on, and only within its transaction.
CREATE INDEX operation_ongoing ON operation (id) WHERE log_after IS NULL;

-- Rows as they were before an operation changed them, as JSON; null for a row that was not there.
CREATE TABLE operation_was (
    operation_id INTEGER NOT NULL REFERENCES operation (id),
    what         TEXT    NOT NULL,
    key          TEXT    NOT NULL,
    was          TEXT,
    UNIQUE (operation_id, what, key)
) STRICT;

-- Whether it was removed by taking the import back that brought it: it never was there as far as the learner is concerned.
ALTER TABLE note ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1));

CREATE TRIGGER note_was BEFORE UPDATE ON note
BEGIN
    INSERT OR IGNORE INTO operation_was (operation_id, what, key, was)
    SELECT operation.id, 'note', OLD.id, json_object(
        'deck_id', OLD.deck_id, 'bank_id', OLD.bank_id, 'bank_deck', OLD.bank_deck, 'kind', OLD.kind,
        'prompt', OLD.prompt, 'answer', OLD.answer, 'detail', OLD.detail, 'code', OLD.code,
        'language', OLD.language, 'hint', OLD.hint, 'explanation', OLD.explanation, 'mistakes', OLD.mistakes,
        'check_line', OLD.check_line, 'difficulty', OLD.difficulty, 'level', OLD.level, 'tags', OLD.tags,
        'source', OLD.source, 'suspended', OLD.suspended, 'edited_at', OLD.edited_at, 'placed_at', OLD.placed_at,
        'html', OLD.html, 'from_bank', OLD.from_bank, 'removed_at', OLD.removed_at, 'marked', OLD.marked,
        'buried_on', OLD.buried_on, 'buried', OLD.buried, 'leeches', OLD.leeches, 'removed_by', OLD.removed_by,
        'bank_says', OLD.bank_says, 'said_there', OLD.said_there, 'suspended_there', OLD.suspended_there, 'withdrawn', OLD.withdrawn)
    FROM operation WHERE log_after IS NULL AND OLD.id < first_note;
END;

CREATE TRIGGER deck_was_not AFTER INSERT ON deck
BEGIN
    INSERT OR IGNORE INTO operation_was (operation_id, what, key, was)
    SELECT operation.id, 'deck', NEW.id, NULL
    FROM operation WHERE log_after IS NULL;
END;

CREATE TRIGGER deck_was BEFORE UPDATE OF name, key, removed ON deck
BEGIN
    INSERT OR IGNORE INTO operation_was (operation_id, what, key, was)
    SELECT operation.id, 'deck', OLD.id, json_object('name', OLD.name, 'key', OLD.key, 'removed', OLD.removed)
    FROM operation WHERE log_after IS NULL;
END;

CREATE TRIGGER deck_was_there BEFORE DELETE ON deck
BEGIN
    INSERT OR IGNORE INTO operation_was (operation_id, what, key, was)
    SELECT operation.id, 'deck', OLD.id, json_object('name', OLD.name, 'key', OLD.key, 'removed', OLD.removed)
    FROM operation WHERE log_after IS NULL;
END;

CREATE TRIGGER deck_setting_was BEFORE DELETE ON deck_setting
BEGIN
    INSERT OR IGNORE INTO operation_was (operation_id, what, key, was)
    SELECT operation.id, 'deck_setting', json_array(OLD.deck_id, OLD.name), OLD.value
    FROM operation WHERE log_after IS NULL;
END;

CREATE TRIGGER bank_was BEFORE UPDATE ON bank
BEGIN
    INSERT OR IGNORE INTO operation_was (operation_id, what, key, was)
    SELECT operation.id, 'bank', OLD.id, json_object('name', OLD.name, 'format', OLD.format)
    FROM operation WHERE log_after IS NULL;
END;

CREATE TRIGGER bank_was_there BEFORE DELETE ON bank
BEGIN
    INSERT OR IGNORE INTO operation_was (operation_id, what, key, was)
    SELECT operation.id, 'bank', OLD.id, json_object('name', OLD.name, 'format', OLD.format)
    FROM operation WHERE log_after IS NULL;
END;

CREATE TRIGGER scope_was_not AFTER INSERT ON scope
BEGIN
    INSERT OR IGNORE INTO operation_was (operation_id, what, key, was)
    SELECT operation.id, 'scope', json_array(NEW.was, NEW.now), NULL
    FROM operation WHERE log_after IS NULL;
END;

CREATE TRIGGER reworded_was_not AFTER INSERT ON reworded
BEGIN
    INSERT OR IGNORE INTO operation_was (operation_id, what, key, was)
    SELECT operation.id, 'reworded', NEW.guid, NULL
    FROM operation WHERE log_after IS NULL;
END;

CREATE TRIGGER reworded_was BEFORE UPDATE ON reworded
BEGIN
    INSERT OR IGNORE INTO operation_was (operation_id, what, key, was)
    SELECT operation.id, 'reworded', OLD.guid, OLD.note_id
    FROM operation WHERE log_after IS NULL;
END;

-- The numbers of cards that are gone: a card that comes back has the number that scripts know it by.
CREATE TABLE former_card (
    note_id INTEGER NOT NULL REFERENCES note (id),
    slot    TEXT    NOT NULL,
    card_id INTEGER NOT NULL,
    PRIMARY KEY (note_id, slot)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER card_was_there BEFORE DELETE ON card
BEGIN
    INSERT OR REPLACE INTO former_card (note_id, slot, card_id) VALUES (OLD.note_id, OLD.slot, OLD.id);
END;
