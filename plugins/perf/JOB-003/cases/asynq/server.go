package main

import (
	"time"

	"github.com/hibiken/asynq"
)

func server(redis asynq.RedisClientOpt) *asynq.Server {
	return asynq.NewServer(redis, asynq.Config{
		Concurrency: 10,
		// finding: JOB-003 confidence: medium
		RetryDelayFunc: func(n int, err error, task *asynq.Task) time.Duration { return 0 },
	})
}

func patient(redis asynq.RedisClientOpt) *asynq.Server {
	return asynq.NewServer(redis, asynq.Config{
		// ok: waits; mutate: s/return time.Duration(n) * time.Second/return 0/
		RetryDelayFunc: func(n int, err error, task *asynq.Task) time.Duration { return time.Duration(n) * time.Second },
	})
}
