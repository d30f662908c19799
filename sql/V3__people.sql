-- Patients as a hospital knows them, and what their relatives may do. `rev` guards edits: UPDATE … WHERE rev = the one read.

ALTER TABLE patients ADD COLUMN record_number TEXT;
ALTER TABLE patients ADD COLUMN email TEXT;
ALTER TABLE patients ADD COLUMN care TEXT NOT NULL DEFAULT 'outpatient';
ALTER TABLE patients ADD COLUMN bed TEXT;
ALTER TABLE patients ADD COLUMN discharged_on TEXT;
ALTER TABLE patients ADD COLUMN rev BIGINT NOT NULL DEFAULT 1;
-- Two records of one person become one; the other's id leads to it.
ALTER TABLE patients ADD COLUMN merged_into TEXT REFERENCES patients (id);
UPDATE patients SET care = 'inpatient' WHERE ward_id IS NOT NULL;
CREATE UNIQUE INDEX patients_by_record_number ON patients (record_number);
CREATE INDEX patients_merged ON patients (merged_into) WHERE merged_into IS NOT NULL;
-- Each list of patients is read from an index of its own, in its order.
CREATE INDEX patients_by_name ON patients (folded, id) WHERE merged_into IS NULL;
CREATE INDEX patients_by_care ON patients (care, folded, id) WHERE merged_into IS NULL;
CREATE INDEX patients_by_ward ON patients (ward_id, folded, id) WHERE merged_into IS NULL AND ward_id IS NOT NULL;

-- From a patient to their words, for asking whether they have a second one.
DROP INDEX patient_words_by_patient;
CREATE INDEX patient_words_by_patient ON patient_words (patient_id, word);

ALTER TABLE relatives ADD COLUMN may_receive_report BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE relatives ADD COLUMN may_visit BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE relatives ADD COLUMN rev BIGINT NOT NULL DEFAULT 1;
-- Who was invited once stays known to that visit.
ALTER TABLE relatives ADD COLUMN removed_at BIGINT;

-- The digits of relatives' numbers, for finding the patient by them. Apart from `patient_words`, so that each row's words
-- are written only with that row.
CREATE TABLE relative_words (
    word BYTEA NOT NULL,
    relative_id TEXT NOT NULL REFERENCES relatives (id),
    PRIMARY KEY (word, relative_id)
);
CREATE INDEX relative_words_by_relative ON relative_words (relative_id);

-- Who was registered by a program that wrote other words: theirs are written anew when the store is opened.
ALTER TABLE patients ADD COLUMN words_due BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE relatives ADD COLUMN words_due BOOLEAN NOT NULL DEFAULT TRUE;
CREATE INDEX patients_words_due ON patients (id) WHERE words_due = TRUE;
CREATE INDEX relatives_words_due ON relatives (id) WHERE words_due = TRUE;

-- The order in which a file of everybody is written.
CREATE INDEX patients_by_registration ON patients (created_at, id);
