package main

import (
	"github.com/jmoiron/sqlx"
	_ "github.com/lib/pq"
)

func open(dsn string) (*sqlx.DB, error) {
	return sqlx.Connect("postgres", dsn)
}
