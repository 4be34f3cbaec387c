-- What figures over the whole log look at, once more in few large values: row by row SQLite hands a million of them over in half a
-- second. It follows from the log, which alone is the truth; whatever changes a row that is in it throws it away.
CREATE TABLE log_copy (
    -- the number of the last row that this part knows; it begins behind the part before
    upto  INTEGER PRIMARY KEY,
    -- cards that no part before has, answers and schedules set by hand, what was taken back: as src/store/log/copy writes them
    cards BLOB    NOT NULL,
    rows  BLOB    NOT NULL,
    taken BLOB    NOT NULL
) STRICT;

CREATE TRIGGER log_copy_is_old AFTER UPDATE ON log BEGIN DELETE FROM log_copy; END;
