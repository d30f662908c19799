-- Shared dialect of SQLite and PostgreSQL: TEXT, BIGINT (microseconds UTC, numbers), BOOLEAN, BYTEA. Nothing else.

CREATE TABLE wards (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE staff (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    ward_id TEXT REFERENCES wards (id),
    language TEXT NOT NULL,
    zone TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE staff_sessions (
    id TEXT PRIMARY KEY,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    cookie_hash BYTEA NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX staff_sessions_by_staff ON staff_sessions (staff_id);

CREATE TABLE setup_links (
    token_hash BYTEA PRIMARY KEY,
    expires_at BIGINT NOT NULL
);

-- `folded` is the name in lower case without accents, for ordering; it is computed by the program.
CREATE TABLE patients (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    phone TEXT,
    language TEXT NOT NULL,
    ward_id TEXT REFERENCES wards (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX patients_by_phone ON patients (phone);

-- The folded name from each of its words on ("rosa diaz", "diaz"), for searching by how any word begins. Bytes, because
-- texts sort by each database's own locale, and a range of texts would miss people.
CREATE TABLE patient_words (
    word BYTEA NOT NULL,
    patient_id TEXT NOT NULL REFERENCES patients (id),
    PRIMARY KEY (word, patient_id)
);
CREATE INDEX patient_words_by_patient ON patient_words (patient_id);

CREATE TABLE relatives (
    id TEXT PRIMARY KEY,
    patient_id TEXT NOT NULL REFERENCES patients (id),
    name TEXT NOT NULL,
    relation TEXT NOT NULL,
    phone TEXT NOT NULL,
    language TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX relatives_by_patient ON relatives (patient_id);
CREATE INDEX relatives_by_phone ON relatives (phone);
