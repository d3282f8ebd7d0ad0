package shop

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
	"gorm.io/gorm"
)

func paid(ctx context.Context, pool *pgxpool.Pool) (pgx.Rows, error) {
	return pool.Query(ctx, "SELECT o.* FROM orders o JOIN customers c ON c.id = o.customer WHERE c.active") // finding: DB-PERF-020
}

func ofCustomer(db *sqlx.DB, into *[]Order, customer string) error {
	return db.Select(into, "SELECT * FROM orders WHERE customer = $1", customer) // finding: DB-PERF-020
}

func late(db *gorm.DB, into *[]Order) error {
	return db.Raw("SELECT * FROM orders WHERE due < now()").Scan(into).Error // finding: DB-PERF-020
}

func count(ctx context.Context, pool *pgxpool.Pool) pgx.Row {
	return pool.QueryRow(ctx, "SELECT count(*) FROM orders") // ok: counts; mutate: s/count(*)/*/
}

type Order struct{ ID string }
