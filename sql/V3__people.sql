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
CREATE INDEX patients_by_name ON patients (folded, id);

ALTER TABLE relatives ADD COLUMN may_receive_report BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE relatives ADD COLUMN may_visit BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE relatives ADD COLUMN rev BIGINT NOT NULL DEFAULT 1;
-- Who was invited once stays known to that visit.
ALTER TABLE relatives ADD COLUMN removed_at BIGINT;
