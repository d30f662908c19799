-- How long visits are planned to last, how often they were moved, and what became of them.

ALTER TABLE consultations ADD COLUMN minutes BIGINT NOT NULL DEFAULT 30;
-- How often the appointment was changed: SEQUENCE of its calendar entry (RFC 5545).
ALTER TABLE consultations ADD COLUMN moves BIGINT NOT NULL DEFAULT 0;
-- Visits booked together, week after week.
ALTER TABLE consultations ADD COLUMN series TEXT;
-- The outcome ledger: when the first guest came, and when the first one was let in.
ALTER TABLE consultations ADD COLUMN first_arrived_at BIGINT;
ALTER TABLE consultations ADD COLUMN first_admitted_at BIGINT;
CREATE INDEX consultations_by_patient ON consultations (patient_id, starts_at);
CREATE INDEX consultations_by_service ON consultations (service, starts_at);

-- When a person's browser first showed the link's page.
ALTER TABLE participants ADD COLUMN opened_at BIGINT;

-- Past visits, with everything that charts and filters ask: a year of them is counted without reading the table.
CREATE INDEX consultations_closed ON consultations
    (starts_at, phase, missing, service, doctor_id, ward_id, first_arrived_at, first_admitted_at)
    WHERE phase IN ('ended', 'cancelled', 'no_show');

-- Guards against double booking: whoever books bumps the `rev` of the doctor's and of the patient's calendar.
CREATE TABLE calendars (
    owner TEXT PRIMARY KEY,
    rev BIGINT NOT NULL
);
