CREATE TABLE job_runs (
    id bigint PRIMARY KEY,
    state text,
    finished_at timestamptz, -- finding: DB-IDX-002 confidence: medium
    created_at timestamptz
);
