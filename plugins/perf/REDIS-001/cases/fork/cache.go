package cache

import (
	redigo "github.com/opencensus-integrations/redigo/redis"
)

// finding: REDIS-001 confidence: high
var forget = redigo.NewScript(0, `local keys = redis.call("KEYS", ARGV[1]); return redis.call("UNLINK", unpack(keys))`)

func Forget(conn redigo.Conn, prefix string) error {
	_, err := forget.Do(conn, prefix+"*")
	return err
}
