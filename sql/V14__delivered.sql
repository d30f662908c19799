-- When a provider first reported that a message is on its phone; empty where staff showed or told what it says, and for
-- what was delivered before this was kept.
ALTER TABLE outbox ADD COLUMN delivered_at BIGINT;
