package count

import "github.com/go-redis/redis/v7"

func clear(client *redis.ClusterClient, names []string) error {
	for _, name := range names {
		if err := client.HSet("counts", name, 0).Err(); err != nil { // finding: DB-BATCH-001
			return err
		}
	}
	return nil
}
