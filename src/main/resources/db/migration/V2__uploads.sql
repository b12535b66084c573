-- Unfinished uploads, and finished ones until they expire. Times are milliseconds since 1970, UTC.
CREATE TABLE uploads (
    id          TEXT PRIMARY KEY,
    account     TEXT NOT NULL,
    path        TEXT NOT NULL,
    size        BIGINT,             -- as promised, in bytes; NULL when the sender did not know
    expected    TEXT NOT NULL,      -- what may stand under the name: absent, any, or an etag
    parents     BOOLEAN NOT NULL,   -- whether missing folders are made
    modified    TEXT,               -- of the source, ISO 8601; NULL when not told
    source      TEXT,               -- what the sender calls it
    state       TEXT NOT NULL CHECK (state IN ('active', 'paused', 'suspect', 'publishing', 'done')),
    durable     BIGINT NOT NULL,    -- bytes that survive a power cut
    sha256      TEXT,               -- of the whole, once it is sealed
    boot_id     TEXT NOT NULL,      -- of the kernel that had the bytes in memory
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL
);
CREATE INDEX uploads_by_account ON uploads (account);
CREATE INDEX uploads_by_expiry ON uploads (expires_at);
