CREATE MATERIALIZED VIEW turnover AS SELECT depot_id, sum(total) FROM orders GROUP BY depot_id;
