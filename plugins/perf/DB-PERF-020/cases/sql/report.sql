-- finding: DB-PERF-020
SELECT * FROM orders WHERE paid;

-- ok: names its columns; mutate: s/id, total FROM orders/* FROM orders/
SELECT id, total FROM orders;

-- ok: grants, no query
GRANT SELECT ON orders TO shop;
