package shop

import (
	"context"
	"database/sql"
)

func orders(ctx context.Context, db *sql.DB) (*sql.Rows, error) {
	// finding: DB-PERF-020
	return db.QueryContext(ctx, `
		SELECT *
		FROM orders
		WHERE paid
	`)
}

func ids(ctx context.Context, db *sql.DB) (*sql.Rows, error) {
	return db.QueryContext(ctx, "SELECT id FROM orders WHERE paid") // ok: names its columns; mutate: s/SELECT id/SELECT */
}

func joined(ctx context.Context, db *sql.DB, column string) (*sql.Rows, error) {
	return db.QueryContext(ctx, "SELECT "+column+" FROM orders") // ok: columns from elsewhere
}
