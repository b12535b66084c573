-- The SHA-256 that the sender of an upload said the whole has, before all of it was here. NULL when none was said.
ALTER TABLE uploads ADD COLUMN promised TEXT;
