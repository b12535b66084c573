-- Who may come in, and what they may do. Ids are random and never used again; times are milliseconds since 1970.

CREATE TABLE account (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    -- A PHC string: the algorithm and its parameters, so that they can grow, the salt, the hash.
    password_hash TEXT NOT NULL,
    administrator BOOLEAN NOT NULL,
    disabled BOOLEAN NOT NULL,
    must_change_password BOOLEAN NOT NULL,
    -- A session counts while it carries this number; one more ends them all.
    revocation BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE path_rule (
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    -- Such as list,read; or none.
    rights TEXT NOT NULL,
    PRIMARY KEY (account_id, path)
);

-- Sessions begin with a login and end when unused; tokens have a name and end on their day.
CREATE TABLE session (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('session', 'token')),
    name TEXT,
    token_sha256 TEXT NOT NULL UNIQUE,
    revocation BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX session_of_account ON session (account_id);
CREATE INDEX session_by_use ON session (used_at);
CREATE INDEX session_by_end ON session (expires_at);

-- Delays after failed logins outlive a restart. The subject is a digest: people type passwords where names belong.
CREATE TABLE login_failure (
    subject TEXT NOT NULL PRIMARY KEY,
    score DOUBLE PRECISION NOT NULL,
    last_at BIGINT NOT NULL
);
