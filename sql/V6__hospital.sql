-- The hospital as its admin describes it. A setting without a row is as the program was started with.

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- One row. `rev` rises with every change of settings, consent or logo: by it nodes see that something is new, and
-- nobody overwrites what they have not seen.
CREATE TABLE settings_state (
    id BIGINT PRIMARY KEY,
    rev BIGINT NOT NULL,
    changed_by TEXT REFERENCES staff (id),
    changed_at BIGINT
);

INSERT INTO settings_state (id, rev) VALUES (1, 1);

-- Every wording of the consent since the program's own, which is version 1.
CREATE TABLE consents (
    version BIGINT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES staff (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (version, language)
);

-- The name in lower case without accents: no two wards are told apart by those alone. It is computed by the program; a ward
-- that has none yet was named by an earlier one.
ALTER TABLE wards ADD COLUMN folded_name TEXT;
CREATE UNIQUE INDEX wards_by_name ON wards (folded_name);

-- At most one row: the logo in use.
CREATE TABLE logos (
    digest TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    image BYTEA NOT NULL
);
