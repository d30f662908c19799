-- Files that were handed in, row by row: checked first, written when somebody says so, gone once that is done.

CREATE TABLE imports (
    id TEXT PRIMARY KEY,
    subject TEXT NOT NULL,
    stage TEXT NOT NULL,
    header TEXT NOT NULL,
    total BIGINT NOT NULL,
    created_by TEXT NOT NULL REFERENCES staff (id),
    created_at BIGINT NOT NULL,
    leased_until BIGINT
);

CREATE TABLE import_rows (
    import_id TEXT NOT NULL REFERENCES imports (id),
    position BIGINT NOT NULL,
    cells TEXT NOT NULL,
    state TEXT NOT NULL,
    problem TEXT,
    PRIMARY KEY (import_id, position)
);
CREATE INDEX import_rows_by_state ON import_rows (import_id, state, position);
