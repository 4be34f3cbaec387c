-- Whether the learner marked a note. It belongs to where the note stands (placed_at), not to what it says.
ALTER TABLE note ADD COLUMN marked INTEGER NOT NULL DEFAULT 0 CHECK (marked IN (0, 1));

-- Cards that are put off until the next study day: the day on which they were, and their slots, separated by blanks.
-- It is over by itself, so it moves no time: a merge must not take it for a new place.
ALTER TABLE note ADD COLUMN buried_on INTEGER;
ALTER TABLE note ADD COLUMN buried TEXT;
CREATE INDEX note_buried ON note (buried_on) WHERE buried_on IS NOT NULL;

-- Cards that were forgotten so often that they were suspended: slot:lapses, separated by blanks, with :suspended behind
-- it if they were suspended before. It belongs to where the note stands, like the suspension.
ALTER TABLE note ADD COLUMN leeches TEXT;

-- Settings of a deck, which bind the decks below it: what it has for itself.
CREATE TABLE deck_setting (
    deck_id INTEGER NOT NULL REFERENCES deck (id),
    name    TEXT    NOT NULL,
    value   TEXT    NOT NULL,
    PRIMARY KEY (deck_id, name)
) STRICT, WITHOUT ROWID;

-- New cards deck by deck, for sessions of a few decks and for the others when some have reached their limit.
CREATE INDEX card_new_of_deck ON card (deck_id, note_id) WHERE due IS NULL AND suspended = 0;
