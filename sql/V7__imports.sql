-- Files that were handed in, row by row: looked at first, registered when somebody says so. A row is gone as soon as it is
-- registered; what is left is deleted after a week. Of a file only its counts stay. `rev` guards every change.

CREATE TABLE imports (
    id TEXT PRIMARY KEY,
    subject TEXT NOT NULL,
    stage TEXT NOT NULL,
    -- The headings, as a list in JSON that is never queried into.
    header TEXT NOT NULL,
    -- How rows are understood: the language of people without one, the country of numbers without one, the clinic's zone.
    language TEXT NOT NULL,
    country TEXT NOT NULL,
    zone TEXT NOT NULL,
    total BIGINT NOT NULL,
    checked BIGINT NOT NULL,
    known BIGINT NOT NULL,
    faulty BIGINT NOT NULL,
    registered BIGINT NOT NULL,
    created_by TEXT NOT NULL REFERENCES staff (id),
    created_at BIGINT NOT NULL,
    leased_until BIGINT,
    rev BIGINT NOT NULL
);
-- Nobody keeps the house busy with two files at once.
CREATE UNIQUE INDEX imports_running ON imports (created_by) WHERE stage IN ('receiving', 'checking', 'registering');
CREATE INDEX imports_by_subject ON imports (subject, created_at);

-- `handle` is what is unique of a row: a patient's record number, somebody's e-mail address. `folded_name` and `born` are kept
-- as `patients` keeps them.
CREATE TABLE import_rows (
    import_id TEXT NOT NULL REFERENCES imports (id),
    position BIGINT NOT NULL,
    line BIGINT NOT NULL,
    cells TEXT NOT NULL,
    handle TEXT,
    folded_name TEXT,
    born TEXT,
    state TEXT NOT NULL,
    faults TEXT,
    known_id TEXT,
    PRIMARY KEY (import_id, position)
);
CREATE INDEX import_rows_by_state ON import_rows (import_id, state, position);
CREATE INDEX import_rows_by_handle ON import_rows (import_id, handle, position);
CREATE INDEX import_rows_by_person ON import_rows (import_id, folded_name, born, position);
