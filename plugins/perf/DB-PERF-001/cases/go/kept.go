package shop

import (
	"context"
	"database/sql"
)

type line struct{ product int }

func nameOf(ctx context.Context, db *sql.DB, id int) string {
	var name string
	db.QueryRowContext(ctx, "SELECT name FROM products WHERE id = $1", id).Scan(&name)
	return name
}

func products(ctx context.Context, db *sql.DB, lines []line) map[int]string {
	known := make(map[int]string)
	for _, one := range lines {
		name, ok := known[one.product]
		if !ok {
			name = nameOf(ctx, db, one.product) // finding: DB-PERF-001 confidence: low -- once per product
			known[one.product] = name
		}
	}
	for _, one := range lines {
		if _, ok := known[one.product]; !ok {
			known[one.product] = nameOf(ctx, db, one.product) // finding: DB-PERF-001 confidence: low -- the same in one line
		}
	}
	for _, one := range lines {
		_, ok := known[one.product]
		if !ok {
			println(nameOf(ctx, db, one.product)) // finding: DB-PERF-001 confidence: medium -- kept nowhere
		}
	}
	return known
}
