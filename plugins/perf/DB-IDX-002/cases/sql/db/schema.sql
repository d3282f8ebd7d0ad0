CREATE TABLE audit_events (
    id bigserial PRIMARY KEY,
    actor_key text NOT NULL, -- finding: DB-IDX-002 confidence: medium
    created_at timestamptz NOT NULL, -- finding: DB-IDX-002 confidence: medium
    -- ok: has an index; mutate: s/audit_events (request_id)/audit_events (id)/
    request_id text NOT NULL
);
CREATE INDEX audit_events_request ON audit_events (request_id);
