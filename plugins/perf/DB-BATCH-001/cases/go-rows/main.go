package shop

import (
	"context"
	"database/sql"

	"github.com/redis/go-redis/v9"
)

type Order struct {
	ID    string
	Total int
}

func direct(ctx context.Context, rows *sql.Rows, cache *redis.Client) error {
	for rows.Next() {
		var order Order
		if err := rows.Scan(&order.ID, &order.Total); err != nil {
			return err
		}
		cache.Set(ctx, "order:"+order.ID, order.Total, 0) // finding: DB-BATCH-001
	}
	return rows.Err()
}

func keep(ctx context.Context, cache *redis.Client, order *Order) {
	cache.Set(ctx, "order:"+order.ID, order.Total, 0)
}

func load(rows *sql.Rows) (*Order, error) {
	var order Order
	return &order, rows.Scan(&order.ID, &order.Total)
}

func helped(ctx context.Context, rows *sql.Rows, cache *redis.Client) {
	for rows.Next() {
		order, err := load(rows)
		if err != nil {
			return
		}
		keep(ctx, cache, order) // finding: DB-BATCH-001
	}
}

func piped(ctx context.Context, rows *sql.Rows, cache *redis.Client) {
	pipe := cache.Pipeline()
	for rows.Next() {
		var id string
		rows.Scan(&id)
		pipe.Set(ctx, "seen:"+id, 1, 0) // ok: the pipeline sends them together; mutate: s/pipe.Set/cache.Set/
	}
	pipe.Exec(ctx)
}

func marked(ctx context.Context, rows *sql.Rows, cache *redis.Client) {
	for rows.Next() {
		var id string
		rows.Scan(&id)
		cache.Set(ctx, "export", "running", 0) // ok: the same key again and again, nothing to take together; mutate: s/"export"/id/
	}
}
