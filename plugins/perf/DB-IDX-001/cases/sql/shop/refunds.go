package shop

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

func Refunds(ctx context.Context, pool *pgxpool.Pool, order int) {
	pool.Query(ctx, "SELECT id FROM refunds WHERE order_id = $1", order)
}
