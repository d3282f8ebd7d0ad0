CREATE TABLE shifts (
    id integer PRIMARY KEY
);

CREATE TABLE old_events (
    id integer PRIMARY KEY,
    shift_id integer REFERENCES shifts (id) -- ok: put aside, other scripts say what the tables are
);
