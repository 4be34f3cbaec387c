-- What a day asks is summed over the days up to it; of the many after it only those with new cards matter.
CREATE INDEX deck_day_new ON deck_day (deck_id, day, with_new) WHERE with_new > 0;

-- The notes of a bank that stand are counted and listed without reading them.
DROP INDEX note_from_bank;
CREATE INDEX note_from_bank ON note (from_bank, removed_at) WHERE from_bank IS NOT NULL;
