package seen

import (
	"context"

	"github.com/go-redis/redis/v8"
)

type Store struct {
	client *redis.Client
}

func New(address string) *Store {
	return &Store{client: redis.NewClient(&redis.Options{Addr: address})}
}

func (s *Store) Mark(ctx context.Context, users []string) {
	for _, user := range users {
		s.client.SAdd(ctx, "seen", user) // finding: DB-BATCH-001
	}
}

func (s *Store) MarkTogether(ctx context.Context, users []string) error {
	_, err := s.client.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		for _, user := range users {
			pipe.SAdd(ctx, "seen", user) // ok: sent together; mutate: s/pipe.SAdd/s.client.SAdd/
		}
		return nil
	})
	return err
}
