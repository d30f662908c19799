-- Current state of each visit, and its history. `rev` guards every change: UPDATE … WHERE rev = the one read.

CREATE TABLE consultations (
    id TEXT PRIMARY KEY,
    rev BIGINT NOT NULL,
    service TEXT NOT NULL,
    phase TEXT NOT NULL,
    admission TEXT NOT NULL,
    engine TEXT NOT NULL,
    patient_id TEXT NOT NULL REFERENCES patients (id),
    reason TEXT NOT NULL,
    doctor_id TEXT REFERENCES staff (id),
    ward_id TEXT REFERENCES wards (id),
    starts_at BIGINT NOT NULL,
    wall_time TEXT NOT NULL,
    zone TEXT NOT NULL,
    started_at BIGINT,
    closed_at BIGINT,
    missing TEXT,
    created_by TEXT NOT NULL REFERENCES staff (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX consultations_by_doctor ON consultations (doctor_id, starts_at);
CREATE INDEX consultations_by_ward ON consultations (ward_id, starts_at);
CREATE INDEX consultations_by_start ON consultations (starts_at);
CREATE INDEX consultations_open ON consultations (starts_at) WHERE phase IN ('scheduled', 'in_session');

-- Which form a visit was booked with: the same form sent twice books once.
CREATE TABLE bookings (
    command_id TEXT PRIMARY KEY,
    consultation_id TEXT NOT NULL REFERENCES consultations (id)
);

-- A person's seat in one visit. `browser_id` holds the seat; `newcomer_id` is a second browser waiting to take it over.
CREATE TABLE participants (
    id TEXT PRIMARY KEY,
    consultation_id TEXT NOT NULL REFERENCES consultations (id),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    staff_id TEXT REFERENCES staff (id),
    relative_id TEXT REFERENCES relatives (id),
    name TEXT NOT NULL,
    relation TEXT,
    phone TEXT,
    language TEXT NOT NULL,
    standing TEXT NOT NULL,
    arrived_at BIGINT,
    browser_id TEXT,
    newcomer_id TEXT,
    device_changed BOOLEAN NOT NULL,
    invitation_id TEXT,
    link_generation BIGINT,
    link_opens_at BIGINT,
    link_expires_at BIGINT,
    link_requested_at BIGINT
);
CREATE INDEX participants_by_consultation ON participants (consultation_id, position);

-- One row per link ever issued. A renewed link leaves its row: the old link is known, and dead.
CREATE TABLE links (
    token_hash BYTEA PRIMARY KEY,
    participant_id TEXT NOT NULL REFERENCES participants (id),
    generation BIGINT NOT NULL
);

-- A browser that entered with a link, known by the hash of its cookie.
CREATE TABLE browsers (
    id TEXT PRIMARY KEY,
    participant_id TEXT NOT NULL REFERENCES participants (id),
    cookie_hash BYTEA NOT NULL UNIQUE,
    consent_version BIGINT NOT NULL,
    language TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE events (
    consultation_id TEXT NOT NULL REFERENCES consultations (id),
    rev BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    participant_id TEXT,
    staff_id TEXT,
    detail TEXT,
    command_id TEXT NOT NULL,
    PRIMARY KEY (consultation_id, rev)
);

-- What must leave the house. The text is rendered when it is sent or shown; no link and no text is kept.
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    consultation_id TEXT NOT NULL REFERENCES consultations (id),
    participant_id TEXT NOT NULL REFERENCES participants (id),
    template TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    status TEXT NOT NULL,
    leased_until BIGINT,
    sent_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX outbox_due ON outbox (status, due_at);
CREATE INDEX outbox_by_consultation ON outbox (consultation_id);
