-- The hospital's own texts, what was said about a late start, and who wants a message when it is their turn.

-- A kind without a row is worded as the program words it.
CREATE TABLE message_texts (
    template TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (template, language)
);

-- When staff last said it will begin, and when the message about that goes out, or went.
ALTER TABLE consultations ADD COLUMN expected_at BIGINT;
ALTER TABLE consultations ADD COLUMN told_late_at BIGINT;

ALTER TABLE participants ADD COLUMN wants_text BOOLEAN NOT NULL DEFAULT FALSE;
