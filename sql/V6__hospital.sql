-- The hospital as its admin describes it. A setting without a row is as the program was started with.

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- Every version of the consent that families were ever asked for.
CREATE TABLE consents (
    version BIGINT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES staff (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (version, language)
);

CREATE TABLE logos (
    digest TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    image BYTEA NOT NULL
);
