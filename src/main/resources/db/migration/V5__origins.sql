-- Where a session was begun, and with what program, so that its owner knows it again. NULL for older ones.
ALTER TABLE session ADD COLUMN address TEXT;
ALTER TABLE session ADD COLUMN door TEXT;
ALTER TABLE session ADD COLUMN program TEXT;

-- What the sender of an upload wants to be told about it again, in its own words.
ALTER TABLE uploads ADD COLUMN metadata TEXT;
