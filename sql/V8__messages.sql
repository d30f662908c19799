-- Messages that arrive once: what was handed to which provider, what became of it, and what people answered.

-- When a worker looks at a message next; while one has it in hand, when the next may take it over. (Before: leased_until.)
ALTER TABLE outbox ADD COLUMN next_try_at BIGINT NOT NULL DEFAULT 0;
UPDATE outbox SET next_try_at = COALESCE(leased_until, due_at);

ALTER TABLE outbox ADD COLUMN channel TEXT NOT NULL DEFAULT 'text';
-- Written before a message is handed over, empty again once it is certain that it was not taken. A message in hand with
-- it may have been taken; without it, it was not.
ALTER TABLE outbox ADD COLUMN handed_at BIGINT;
ALTER TABLE outbox ADD COLUMN sent_to TEXT;
ALTER TABLE outbox ADD COLUMN tries BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN provider_id TEXT;
ALTER TABLE outbox ADD COLUMN segments BIGINT;
-- Why it came no further: a word of ours, and the provider's own code.
ALTER TABLE outbox ADD COLUMN reason TEXT;
ALTER TABLE outbox ADD COLUMN code TEXT;
-- The text message that did not arrive, which this e-mail stands for.
ALTER TABLE outbox ADD COLUMN instead_of TEXT REFERENCES outbox (id);

CREATE INDEX outbox_next ON outbox (next_try_at, id) WHERE status IN ('pending', 'sending', 'unknown');
-- A day's messages, for the page that lists and counts them.
CREATE INDEX outbox_by_day ON outbox (due_at, id, status);
CREATE INDEX outbox_by_number ON outbox (sent_to, handed_at);
CREATE INDEX outbox_by_handing ON outbox (handed_at);
CREATE INDEX outbox_by_participant ON outbox (participant_id);
CREATE UNIQUE INDEX outbox_by_provider_id ON outbox (provider_id);
CREATE UNIQUE INDEX outbox_by_origin ON outbox (instead_of);

-- Numbers that asked for no more messages.
CREATE TABLE opt_outs (
    phone TEXT PRIMARY KEY,
    since BIGINT NOT NULL
);

-- What people answered by text message, with the visit that was written about last.
CREATE TABLE replies (
    id TEXT PRIMARY KEY,
    provider_id TEXT NOT NULL UNIQUE,
    phone TEXT NOT NULL,
    text TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    visit_id TEXT REFERENCES consultations (id),
    seat_id TEXT REFERENCES participants (id)
);
CREATE INDEX replies_by_visit ON replies (visit_id);
CREATE INDEX replies_by_time ON replies (received_at);
