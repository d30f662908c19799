-- SHA-256 of what was handed over last, to tell it among a provider's messages although the visit, or the hospital's wording,
-- has changed since. Never a word of it.
ALTER TABLE outbox ADD COLUMN handed_digest BYTEA;
