-- Mastery tests. An answer of one is a row of the log like any other; these tables say which of them belong together,
-- which the log alone cannot: by their times, two tests on two devices would look like one after a merge. Both only
-- grow, and their ids are made as those of the log are, so a merge is the union.
CREATE TABLE test (
    id        BLOB    PRIMARY KEY CHECK (length(id) = 16),
    -- milliseconds since 1970, and the study day
    at        INTEGER NOT NULL,
    day       INTEGER NOT NULL,
    -- the name of the deck; null for a test of everything
    deck      TEXT,
    seed      INTEGER NOT NULL CHECK (seed >= 0),
    -- how many questions were drawn: a test with fewer answers is unfinished
    questions INTEGER NOT NULL CHECK (questions > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE test_answer (
    log_id  BLOB PRIMARY KEY REFERENCES log (id),
    test_id BLOB NOT NULL REFERENCES test (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX test_answer_of ON test_answer (test_id);

CREATE TRIGGER test_stays BEFORE UPDATE ON test BEGIN SELECT raise(ABORT, 'tests are only ever added'); END;
CREATE TRIGGER test_is_kept BEFORE DELETE ON test BEGIN SELECT raise(ABORT, 'tests are only ever added'); END;
CREATE TRIGGER test_answer_stays BEFORE UPDATE ON test_answer
BEGIN
    SELECT raise(ABORT, 'tests are only ever added');
END;
CREATE TRIGGER test_answer_is_kept BEFORE DELETE ON test_answer
BEGIN
    SELECT raise(ABORT, 'tests are only ever added');
END;
