-- What brought a bank's notes: the name of its format. Null for those that came before this was kept.
ALTER TABLE bank ADD COLUMN format TEXT;

-- The cards of a note that were suspended in Anki when its schedule came last, as slots separated by blanks; null if
-- it never came.
ALTER TABLE note ADD COLUMN suspended_there TEXT;
