CREATE TABLE audit_events (
    id bigserial PRIMARY KEY,
    account_id bigint NOT NULL,
    team_id bigint NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX audit_events_account ON audit_events (account_id);
CREATE INDEX audit_events_team ON audit_events (team_id, created_at DESC);
