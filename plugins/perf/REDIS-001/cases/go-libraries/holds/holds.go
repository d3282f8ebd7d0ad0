package holds

import "github.com/gomodule/redigo/redis"

func all(pool *redis.Pool) ([]string, error) {
	conn := pool.Get()
	defer conn.Close()
	return redis.Strings(conn.Do("KEYS", "hold:*")) // finding: REDIS-001
}

func one(pool *redis.Pool, id string) (string, error) {
	conn := pool.Get()
	defer conn.Close()
	return redis.String(conn.Do("GET", "hold:"+id)) // ok: one key; mutate: s/"GET", "hold:"+id/"KEYS", "hold:*"/
}
