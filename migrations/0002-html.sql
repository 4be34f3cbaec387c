-- Whether the texts of a note are HTML, its code apart.
ALTER TABLE note ADD COLUMN html INTEGER NOT NULL DEFAULT 0 CHECK (html IN (0, 1));
