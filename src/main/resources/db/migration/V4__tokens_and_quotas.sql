-- What a named token may do at most; one without rows may do what its account may.
CREATE TABLE token_rule (
    session_id BIGINT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    -- Such as list,read; or none.
    rights TEXT NOT NULL,
    PRIMARY KEY (session_id, path)
);

-- Sessions have no name, so they are not concerned.
CREATE UNIQUE INDEX token_by_name ON session (account_id, name);

-- How many bytes a folder may hold, with all below it, and how many its files have as far as it is known.
CREATE TABLE quota (
    path TEXT NOT NULL PRIMARY KEY,
    bytes BIGINT NOT NULL,
    used BIGINT NOT NULL
);

CREATE INDEX history_of_account ON history (account, seq);
