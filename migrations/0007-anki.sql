-- What brought a bank's notes: the name of its format. Null for those that came before this was kept.
ALTER TABLE bank ADD COLUMN format TEXT;

-- What Anki said last of a note that went there from here, as a digest; null if it never said anything else.
ALTER TABLE note ADD COLUMN said_there TEXT;

-- The cards of a note that were suspended in Anki when its schedule came last, as slots separated by blanks; null if
-- it never came.
ALTER TABLE note ADD COLUMN suspended_there TEXT;
