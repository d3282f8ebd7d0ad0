CREATE TABLE audit_events (
    id serial PRIMARY KEY, -- finding: DB-TYPE-001 confidence: medium
    created_at timestamptz NOT NULL
);
CREATE TABLE readings (
    id bigserial PRIMARY KEY, -- ok: 64 bits; mutate: s/bigserial/serial/
    created_at timestamptz NOT NULL
);
CREATE TABLE notes (
    id bigint PRIMARY KEY,
    reading_id integer REFERENCES readings(id), -- finding: DB-TYPE-001 confidence: high
    event_id integer REFERENCES audit_events(id) -- ok: as wide as what it refers to
);
CREATE TABLE message_history (
    id int NOT NULL AUTO_INCREMENT PRIMARY KEY, -- finding: DB-TYPE-001 confidence: low
    created_at timestamp
);
CREATE TABLE request_metrics (
    id serial PRIMARY KEY, -- finding: DB-TYPE-001 confidence: medium
    at timestamptz NOT NULL
);
