package shop

import (
	"context"
	"database/sql"
)

func names(ctx context.Context, db *sql.DB, ids []int) error {
	for _, id := range ids {
		var name string
		if err := db.QueryRowContext(ctx, "SELECT name FROM users WHERE id = $1", id).Scan(&name); err != nil { // finding: DB-PERF-001
			return err
		}
	}
	return nil
}
