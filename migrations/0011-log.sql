-- For a list of more than two values SQLite builds a table at every row that comes, three of them for an answer. What a row of the
-- log must be stays the same, so its text can be replaced (https://www.sqlite.org/lang_altertable.html, 7).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql =
    replace(replace(replace(sql,
        'kind IN (''review'', ''drill'', ''practice'', ''test'', ''set'', ''retract'')',
        'kind = ''review'' OR kind = ''drill'' OR kind = ''practice'' OR kind = ''test'' OR kind = ''set'' OR kind = ''retract'''),
        'kind IN (''review'', ''drill'', ''practice'', ''test'')',
        'kind = ''review'' OR kind = ''drill'' OR kind = ''practice'' OR kind = ''test'''),
        'reason IN (''import'', ''reset'', ''reschedule'')',
        'reason = ''import'' OR reason = ''reset'' OR reason = ''reschedule''')
WHERE type = 'table' AND name = 'log';
-- reads the schema anew
PRAGMA writable_schema = RESET;

-- The rows of a card lie all over the log; what a replay looks at in answers lies together here.
DROP INDEX log_card;
CREATE INDEX log_card ON log (guid, slot, seq, day, kind, grade, at);
