-- The rows of a part come last, so that what is read before them is found without them. What was there is made anew.
DROP TABLE log_copy;
CREATE TABLE log_copy (
    -- the number of the last row that this part knows; it begins behind the part before
    upto  INTEGER PRIMARY KEY,
    -- cards that no part before has, what was taken back, answers and schedules set by hand: as src/store/log/copy writes them
    cards BLOB    NOT NULL,
    taken BLOB    NOT NULL,
    rows  BLOB    NOT NULL
) STRICT;

-- What figures look at of all notes and cards, once more in few large values: a collection of 100,000 of them takes longer to walk
-- through than a million answers. It follows from notes and cards; whatever changes what is in it throws it away.
CREATE TABLE note_copy (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    -- as src/store/queries/figures writes them
    notes BLOB    NOT NULL,
    cards BLOB    NOT NULL,
    texts BLOB    NOT NULL
) STRICT;

CREATE TRIGGER note_copy_lacks_note AFTER INSERT ON note BEGIN DELETE FROM note_copy; END;
CREATE TRIGGER note_copy_has_old_note AFTER UPDATE OF id, deck_id, kind, difficulty, level, tags, suspended ON note
BEGIN DELETE FROM note_copy; END;
CREATE TRIGGER note_copy_has_lost_note AFTER DELETE ON note BEGIN DELETE FROM note_copy; END;
CREATE TRIGGER note_copy_lacks_card AFTER INSERT ON card BEGIN DELETE FROM note_copy; END;
CREATE TRIGGER note_copy_has_old_card AFTER UPDATE OF id, note_id, slot ON card BEGIN DELETE FROM note_copy; END;
CREATE TRIGGER note_copy_has_lost_card AFTER DELETE ON card BEGIN DELETE FROM note_copy; END;
