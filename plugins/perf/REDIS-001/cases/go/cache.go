package shop

import (
	"context"
	"maps"
	"slices"

	"github.com/redis/go-redis/v9"
)

type Cache struct {
	rdb *redis.Client
}

func (c *Cache) sessions(ctx context.Context) ([]string, error) {
	return c.rdb.Keys(ctx, "session:*").Result() // finding: REDIS-001
}

func (c *Cache) carefully(ctx context.Context) []string {
	found := []string{}
	walk := c.rdb.Scan(ctx, 0, "session:*", 100).Iterator() // ok: a cursor; mutate: s/c.rdb.Scan(ctx, 0, "session:*", 100).Iterator()/c.rdb.Keys(ctx, "session:*")/
	for walk.Next(ctx) {
		found = append(found, walk.Val())
	}
	return found
}

func names(known map[string]int) []string {
	return slices.Sorted(maps.Keys(known)) // ok: a map
}
