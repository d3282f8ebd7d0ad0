-- nobody has switched on pg_stat_statements yet
SELECT 1;
