-- What staff may do beyond their role, how they come to a password, and what they chose for themselves.

-- The services somebody may book and conduct, as words with spaces between them; never queried into.
ALTER TABLE staff ADD COLUMN services TEXT NOT NULL DEFAULT 'home_consultation medical_report tele_visit follow_up';
ALTER TABLE staff ADD COLUMN rev BIGINT NOT NULL DEFAULT 1;
ALTER TABLE staff ADD COLUMN signed_in_at BIGINT;

-- Browser and system of a session, in words.
ALTER TABLE staff_sessions ADD COLUMN agent TEXT NOT NULL DEFAULT '';

-- A one-time link to choose a password with; one at a time for each member of staff.
CREATE TABLE staff_invitations (
    staff_id TEXT PRIMARY KEY REFERENCES staff (id),
    token_hash BYTEA NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- How somebody lets people in, service by service, where it is not as usual.
CREATE TABLE staff_admissions (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    service TEXT NOT NULL,
    admission TEXT NOT NULL,
    PRIMARY KEY (staff_id, service)
);

CREATE TABLE canned_messages (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    position BIGINT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (staff_id, position)
);

-- The private address of somebody's calendar, known by its hash; a new one ends the old one.
CREATE TABLE calendar_feeds (
    staff_id TEXT PRIMARY KEY REFERENCES staff (id),
    token_hash BYTEA NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);
