package shop

import (
	"context"
	"database/sql"
)

// Serve calls what the findings are about: what nobody calls is less certain.
func Serve(ctx context.Context, db *sql.DB, rows *sql.Rows) error {
	if err := direct(db); err != nil {
		return err
	}
	if _, err := helped(db); err != nil {
		return err
	}
	loaded(db, rows)
	return fields(ctx, db, rows)
}
