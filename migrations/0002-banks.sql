-- Whether the texts of a note are HTML, its code apart.
ALTER TABLE note ADD COLUMN html INTEGER NOT NULL DEFAULT 0 CHECK (html IN (0, 1));

-- Banks that were imported: a later version of one says by what it lacks what was taken out of it.
CREATE TABLE bank (
    id   INTEGER PRIMARY KEY,
    -- the name of its file when it was last read, without the folder
    name TEXT NOT NULL
) STRICT;

-- The bank that brought a note first.
ALTER TABLE note ADD COLUMN from_bank INTEGER REFERENCES bank (id);
CREATE INDEX note_from_bank ON note (from_bank) WHERE from_bank IS NOT NULL;

-- When a note was removed, in milliseconds since 1970; its cards are gone, its text and its log stay.
ALTER TABLE note ADD COLUMN removed_at INTEGER;

-- Guids under which banks state a note since it was reworded.
CREATE TABLE reworded (
    guid    TEXT PRIMARY KEY,
    note_id INTEGER NOT NULL REFERENCES note (id)
) STRICT, WITHOUT ROWID;
