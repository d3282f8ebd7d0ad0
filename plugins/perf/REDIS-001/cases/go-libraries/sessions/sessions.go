package sessions

import (
	"context"

	"github.com/go-redis/redis/v8"
)

var client = redis.NewUniversalClient(&redis.UniversalOptions{Addrs: []string{"cache:6379"}})

func All(ctx context.Context) ([]string, error) {
	return client.Keys(ctx, "session:*").Result() // finding: REDIS-001
}
