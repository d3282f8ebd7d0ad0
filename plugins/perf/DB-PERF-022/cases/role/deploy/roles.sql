CREATE ROLE shop LOGIN;
ALTER ROLE shop SET statement_timeout = '30s';
