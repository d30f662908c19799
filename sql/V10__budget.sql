-- Days whose limit of text messages an admin has lifted, by the instant at which the day begins where the hospital is.

CREATE TABLE budget_lifts (
    day_from BIGINT PRIMARY KEY,
    lifted_by TEXT NOT NULL REFERENCES staff (id),
    lifted_at BIGINT NOT NULL
);

-- For the open visits of whoever stops or starts messages by answering.
CREATE INDEX participants_by_phone ON participants (phone);
