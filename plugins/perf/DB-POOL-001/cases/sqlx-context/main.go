package main

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"
)

func open(ctx context.Context) (*sqlx.DB, error) {
	db, err := sqlx.ConnectContext(ctx, "postgres", "host=db dbname=shop")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(100) // finding: DB-POOL-001
	db.SetConnMaxLifetime(time.Second)
	return db, nil
}
