-- A deck that was removed. Its row stays: notes that were removed with it still name it.
ALTER TABLE deck ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1));

-- Who removed a note: the learner, and then a bank does not bring it back, or a bank that no longer held it.
ALTER TABLE note ADD COLUMN removed_by TEXT CHECK (removed_by IN ('learner', 'bank'));
UPDATE note SET removed_by = 'bank' WHERE removed_at IS NOT NULL;

-- What its bank says of a note that says something else here, as JSON by field: a later version of the bank changes
-- what it changed, and the learner's own words stay.
ALTER TABLE note ADD COLUMN bank_says TEXT;

-- Rounds of matching that were played to their end. They only grow, like tests.
CREATE TABLE match_round (
    id      BLOB    PRIMARY KEY CHECK (length(id) = 16),
    -- milliseconds since 1970 at its end, and the study day
    at      INTEGER NOT NULL,
    day     INTEGER NOT NULL,
    -- the name of the deck; null for everything
    deck    TEXT,
    pairs   INTEGER NOT NULL CHECK (pairs > 0),
    -- wrong picks
    wrong   INTEGER NOT NULL CHECK (wrong >= 0),
    took_ms INTEGER NOT NULL CHECK (took_ms >= 0)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER match_round_stays BEFORE UPDATE ON match_round
BEGIN
    SELECT raise(ABORT, 'rounds are only ever added');
END;
CREATE TRIGGER match_round_is_kept BEFORE DELETE ON match_round
BEGIN
    SELECT raise(ABORT, 'rounds are only ever added');
END;

-- Top-level decks that had another name, both with their case folded: a bank that is imported under the new one means the
-- notes that it brought under the old one, whose guids were made from that.
CREATE TABLE scope (
    was TEXT NOT NULL,
    now TEXT NOT NULL,
    PRIMARY KEY (was, now)
) STRICT, WITHOUT ROWID;
