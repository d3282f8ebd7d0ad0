CREATE TABLE events (
    id String,
    tenant_id String, -- ok: the order of a column store is its index; mutate: s/ ENGINE = MergeTree ORDER BY (tenant_id, at)//
    at DateTime
) ENGINE = MergeTree ORDER BY (tenant_id, at);
