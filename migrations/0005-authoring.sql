-- A deck that was removed. Its row stays: notes that were removed with it still name it.
ALTER TABLE deck ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1));

-- Who removed a note: the learner, and then a bank does not bring it back, or a bank that no longer held it.
ALTER TABLE note ADD COLUMN removed_by TEXT CHECK (removed_by IN ('learner', 'bank'));
UPDATE note SET removed_by = 'bank' WHERE removed_at IS NOT NULL;

-- What its bank says of a note that says something else here, as JSON by field: a later version of the bank changes
-- what it changed, and the learner's own words stay.
ALTER TABLE note ADD COLUMN bank_says TEXT;
