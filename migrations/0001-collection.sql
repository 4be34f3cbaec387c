-- One learner's collection. Notes and the review log are what must not be lost; cards and the totals
-- beside decks are derived from them, and `matura check` compares both.

-- `matu`: says in the header of the file whose it is
PRAGMA application_id = 1835103349;

CREATE TABLE deck (
    id    INTEGER PRIMARY KEY,
    name  TEXT    NOT NULL,
    -- the name with its case folded: two spellings are one deck
    key   TEXT    NOT NULL UNIQUE,
    -- totals of the notes in this deck itself, not in decks below it
    cards INTEGER NOT NULL DEFAULT 0 CHECK (cards >= 0),
    -- notes with a new card and no card that has a due day, suspended ones apart
    fresh INTEGER NOT NULL DEFAULT 0 CHECK (fresh >= 0)
) STRICT;

-- How many notes of a deck have their earliest due card on a day.
CREATE TABLE deck_day (
    deck_id  INTEGER NOT NULL REFERENCES deck (id),
    -- study days count from 1970-01-01
    day      INTEGER NOT NULL,
    notes    INTEGER NOT NULL CHECK (notes >= 0),
    -- those of them that have a new card as well
    with_new INTEGER NOT NULL CHECK (with_new BETWEEN 0 AND notes),
    PRIMARY KEY (deck_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
    id          INTEGER PRIMARY KEY,
    guid        TEXT    NOT NULL UNIQUE,
    deck_id     INTEGER NOT NULL REFERENCES deck (id),
    -- what the bank last said of it: its own id and its own deck
    bank_id     TEXT,
    bank_deck   TEXT,
    kind        TEXT    NOT NULL,
    prompt      TEXT    NOT NULL,
    -- the back of a fact
    answer      TEXT,
    -- what else the kind has, as JSON
    detail      TEXT,
    code        TEXT,
    language    TEXT,
    hint        TEXT,
    explanation TEXT,
    mistakes    TEXT,
    check_line  TEXT,
    difficulty  TEXT,
    level       TEXT,
    -- separated by blanks, in order
    tags        TEXT,
    source      TEXT,
    -- the slots of its suspended cards, separated by blanks
    suspended   TEXT,
    -- milliseconds since 1970: its making, the last change of what it says, of where it stands
    created_at  INTEGER NOT NULL,
    edited_at   INTEGER NOT NULL,
    placed_at   INTEGER NOT NULL
) STRICT;

-- A cache: the slots and the suspension of a note, and the replay of each card's log.
CREATE TABLE card (
    -- never given again: scripts and running sessions name cards by it
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    note_id     INTEGER NOT NULL REFERENCES note (id),
    slot        TEXT    NOT NULL,
    deck_id     INTEGER NOT NULL REFERENCES deck (id),
    suspended   INTEGER NOT NULL CHECK (suspended IN (0, 1)),
    -- the study day on which it comes next; null for a new card
    due         INTEGER,
    repetitions INTEGER NOT NULL CHECK (repetitions >= 0),
    -- thousandths
    ease        INTEGER NOT NULL CHECK (ease >= 1300),
    -- days
    interval    INTEGER NOT NULL CHECK (interval BETWEEN 0 AND 36500),
    lapses      INTEGER NOT NULL CHECK (lapses >= 0),
    UNIQUE (note_id, slot)
) STRICT;

CREATE INDEX card_due ON card (due, note_id, deck_id) WHERE due IS NOT NULL AND suspended = 0;
CREATE INDEX card_new ON card (note_id, deck_id) WHERE due IS NULL AND suspended = 0;

-- The truth about the schedule. It names cards as every device does: by the note's guid and the slot.
CREATE TABLE log (
    -- the order of writing on this device
    n           INTEGER PRIMARY KEY,
    id          BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    guid        TEXT    NOT NULL,
    slot        TEXT    NOT NULL,
    -- 1 + the highest seq of the card in the writer's log; replay sorts by (seq, at, id)
    seq         INTEGER NOT NULL CHECK (seq BETWEEN 1 AND 2147483647),
    -- milliseconds since 1970, unique in the writer's collection
    at          INTEGER NOT NULL,
    -- the study day on which the row was written
    day         INTEGER NOT NULL,
    kind        TEXT    NOT NULL CHECK (kind IN ('review', 'drill', 'practice', 'test', 'set', 'retract')),
    -- of an answer
    grade       INTEGER CHECK (grade BETWEEN 0 AND 5),
    took_ms     INTEGER CHECK (took_ms >= 0),
    attempts    INTEGER CHECK (attempts > 0),
    hinted      INTEGER CHECK (hinted IN (0, 1)),
    -- what was answered at each attempt, as a JSON array of texts
    responses   TEXT,
    -- of a schedule set by hand
    reason      TEXT CHECK (reason IN ('import', 'reset', 'reschedule')),
    repetitions INTEGER CHECK (repetitions >= 0),
    ease        INTEGER CHECK (ease >= 1300),
    interval    INTEGER CHECK (interval BETWEEN 0 AND 36500),
    lapses      INTEGER CHECK (lapses >= 0),
    due         INTEGER,
    -- of a retraction: the row that does not count
    target      BLOB CHECK (length(target) = 16),
    -- each kind has its own columns and no others
    CHECK (CASE WHEN kind IN ('review', 'drill', 'practice', 'test')
        THEN grade IS NOT NULL AND took_ms IS NOT NULL AND attempts IS NOT NULL AND hinted IS NOT NULL
        ELSE coalesce(grade, took_ms, attempts, hinted, responses) IS NULL END),
    CHECK (CASE WHEN kind = 'set'
        THEN reason IS NOT NULL AND repetitions IS NOT NULL AND ease IS NOT NULL AND interval IS NOT NULL
            AND lapses IS NOT NULL
        ELSE coalesce(reason, repetitions, ease, interval, lapses, due) IS NULL END),
    CHECK ((kind = 'retract') = (target IS NOT NULL))
) STRICT;

CREATE INDEX log_card ON log (guid, slot, seq);
CREATE INDEX log_day ON log (day);
CREATE INDEX log_at ON log (at);
CREATE INDEX log_target ON log (target) WHERE target IS NOT NULL;

CREATE TRIGGER log_keeps_its_rows BEFORE UPDATE ON log
BEGIN
    SELECT raise(ABORT, 'the review log is only ever appended to');
END;

CREATE TRIGGER log_loses_no_row BEFORE DELETE ON log
BEGIN
    SELECT raise(ABORT, 'the review log is only ever appended to');
END;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
