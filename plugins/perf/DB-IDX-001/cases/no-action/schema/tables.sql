CREATE TABLE shifts (
    id integer PRIMARY KEY,
    name text
);

CREATE TABLE scan_events (
    id integer PRIMARY KEY,
    shift_id integer REFERENCES shifts (id) -- finding: DB-IDX-001 confidence: medium
);

CREATE TABLE helper_shifts (
    helper_id integer PRIMARY KEY,
    shift_id integer REFERENCES shifts (id) -- ok: not said to be a table that grows; mutate: s/helper_shifts/helper_visits/
);
