-- Webex: meetings of visits, the house's own tokens, guests by seat, and reports to be worked on.

-- One row per visit that Webex carries or carried. `rev` rises with each wish, `done_rev` is the one that was carried
-- out. `asked_at` is written before Webex is asked for a meeting, and empty again once it is certain that none was made.
CREATE TABLE webex_meetings (
    consultation_id TEXT PRIMARY KEY REFERENCES consultations (id),
    rev BIGINT NOT NULL,
    done_rev BIGINT NOT NULL,
    wanted BOOLEAN NOT NULL,
    next_try_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    asked_at BIGINT,
    obstacle TEXT,
    meeting_id TEXT UNIQUE,
    number TEXT,
    sip_address TEXT,
    web_link TEXT,
    password BYTEA,
    host TEXT,
    made_at BIGINT,
    started_by TEXT REFERENCES staff (id)
);
CREATE INDEX webex_meetings_due ON webex_meetings (next_try_at, consultation_id) WHERE done_rev < rev;
CREATE INDEX webex_meetings_by_host ON webex_meetings (host, made_at);

-- One row: the service app's tokens, sealed with a key outside the database. `setup` is a digest of what it was set up
-- with; the lease lets one node renew.
CREATE TABLE webex_tokens (
    id BIGINT PRIMARY KEY,
    rev BIGINT NOT NULL,
    setup BYTEA NOT NULL,
    access BYTEA,
    access_until BIGINT,
    refresh BYTEA NOT NULL,
    refresh_until BIGINT,
    leased_until BIGINT NOT NULL
);

-- How Webex names the guest of a seat. No token is kept.
CREATE TABLE webex_guests (
    participant_id TEXT PRIMARY KEY REFERENCES participants (id),
    guest_id TEXT,
    email TEXT
);
CREATE INDEX webex_guests_by_email ON webex_guests (email);

-- What Webex reported. A report that comes twice has the same digest.
CREATE TABLE webex_reports (
    digest BYTEA PRIMARY KEY,
    report TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    email TEXT,
    received_at BIGINT NOT NULL,
    next_try_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    done_at BIGINT
);
CREATE INDEX webex_reports_due ON webex_reports (next_try_at) WHERE done_at IS NULL;
CREATE INDEX webex_reports_by_time ON webex_reports (received_at);
