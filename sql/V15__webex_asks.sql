-- Webex counts what it is asked for, also in vain; and may not show for a while what has happened to a meeting.

-- In whose name a meeting was asked for last: '' where no host is named. `changed_at` is when something last happened
-- to the meeting there, as far as is known here.
ALTER TABLE webex_meetings ADD COLUMN asked_host TEXT;
ALTER TABLE webex_meetings ADD COLUMN changed_at BIGINT;

-- One row per request for a new meeting, kept for a day. No visit is looked up by it, and none is held by it.
CREATE TABLE webex_asks (
    host TEXT NOT NULL,
    counted_at BIGINT NOT NULL,
    consultation_id TEXT NOT NULL,
    PRIMARY KEY (host, counted_at, consultation_id)
);
