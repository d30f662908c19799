-- Webex: accounts of staff, the organisation's licences, what a comparison of both sides found, and what the bot has to tell.

-- One row per member of staff for whom somebody has decided about an account. `rev` rises with each wish, `done_rev` is the
-- one that was carried out. Lists are JSON that is never queried into. `held` is everything of `licences` and `sites` that
-- they may have from here: only that is ever taken back.
CREATE TABLE webex_accounts (
    staff_id TEXT PRIMARY KEY REFERENCES staff (id),
    rev BIGINT NOT NULL,
    done_rev BIGINT NOT NULL,
    wanted TEXT NOT NULL,
    licences TEXT NOT NULL,
    sites TEXT NOT NULL,
    held TEXT NOT NULL,
    held_sites TEXT NOT NULL,
    -- What an admin chose to make equal to what stands here.
    rename BOOLEAN NOT NULL,
    readdress BOOLEAN NOT NULL,
    -- Whether their way in there may have been shut from here: only then is it opened with the door here.
    shut BOOLEAN NOT NULL,
    next_try_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    outcome TEXT,
    missing TEXT,
    obstacle TEXT,
    tracking TEXT,
    person_id TEXT,
    address TEXT,
    looked_at BIGINT
);
CREATE INDEX webex_accounts_due ON webex_accounts (next_try_at, staff_id) WHERE done_rev < rev;

-- The organisation's licences as Webex told them last, so that no page has to ask.
CREATE TABLE webex_licences (
    id TEXT PRIMARY KEY,
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    total BIGINT NOT NULL,
    used BIGINT NOT NULL,
    site TEXT
);

-- One row: when the licences are read next, when they were last, and what was in the way.
CREATE TABLE webex_readings (
    id BIGINT PRIMARY KEY,
    next_try_at BIGINT NOT NULL,
    read_at BIGINT,
    obstacle TEXT
);
INSERT INTO webex_readings (id, next_try_at) VALUES (1, 0);

-- One row: what newcomers get unless an admin says otherwise, and what the bot tells.
CREATE TABLE webex_choices (
    id BIGINT PRIMARY KEY,
    rev BIGINT NOT NULL,
    licences TEXT NOT NULL,
    sites TEXT NOT NULL,
    tells_waiting BOOLEAN NOT NULL,
    tells_messages BOOLEAN NOT NULL,
    tells_trouble BOOLEAN NOT NULL
);
INSERT INTO webex_choices (id, rev, licences, sites, tells_waiting, tells_messages, tells_trouble)
VALUES (1, 1, '[]', '[]', TRUE, TRUE, TRUE);

-- A comparison of both sides. `next_page` is where reading Webex goes on.
CREATE TABLE webex_comparisons (
    id TEXT PRIMARY KEY,
    stage TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES staff (id),
    asked_at BIGINT NOT NULL,
    people BIGINT NOT NULL,
    next_page TEXT,
    next_try_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    obstacle TEXT,
    done_at BIGINT
);
-- Nobody keeps Webex busy with two at once.
CREATE UNIQUE INDEX webex_comparisons_running ON webex_comparisons (stage) WHERE stage = 'reading';

-- Those of Webex who matter to a comparison, until it is done.
CREATE TABLE webex_people (
    comparison_id TEXT NOT NULL REFERENCES webex_comparisons (id),
    person_id TEXT NOT NULL,
    email TEXT NOT NULL,
    shown_as TEXT,
    licences TEXT NOT NULL,
    may_sign_in BOOLEAN NOT NULL,
    PRIMARY KEY (comparison_id, person_id)
);

CREATE TABLE webex_differences (
    id TEXT PRIMARY KEY,
    comparison_id TEXT NOT NULL REFERENCES webex_comparisons (id),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    staff_id TEXT REFERENCES staff (id),
    person_id TEXT,
    here TEXT,
    there TEXT,
    email TEXT NOT NULL,
    missing TEXT NOT NULL,
    extra TEXT NOT NULL,
    next_try_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    obstacle TEXT
);
CREATE INDEX webex_differences_by_place ON webex_differences (comparison_id, position);
CREATE INDEX webex_differences_by_staff ON webex_differences (staff_id, state);

-- What the bot has to tell, to whom. A thing is told to somebody once: that is what the key says.
CREATE TABLE webex_notices (
    receiver TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    noted_at BIGINT NOT NULL,
    telling TEXT,
    PRIMARY KEY (receiver, kind, subject)
);
CREATE INDEX webex_notices_by_state ON webex_notices (state, noted_at);

-- When each receiver may be written to again; while a node writes to them, when it has certainly given up.
CREATE TABLE webex_receivers (
    receiver TEXT PRIMARY KEY,
    next_at BIGINT NOT NULL,
    tries BIGINT NOT NULL
);
