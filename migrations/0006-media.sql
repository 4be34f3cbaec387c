-- Images and sounds that notes name. Their bytes are files in the folder beside the collection, named by their digest.
CREATE TABLE media (
    -- the name by which notes know it
    name   TEXT    PRIMARY KEY CHECK (name <> ''),
    sha256 BLOB    NOT NULL CHECK (length(sha256) = 32),
    -- its size in bytes
    size   INTEGER NOT NULL CHECK (size >= 0),
    -- what it is, as the ending of a name: found in its bytes, never taken from its name; null if that is not known
    ending TEXT
) STRICT, WITHOUT ROWID;
