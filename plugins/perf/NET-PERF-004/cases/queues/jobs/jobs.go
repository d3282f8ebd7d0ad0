package jobs

import (
	"context"
	"net/http"

	"github.com/hibiken/asynq"
	"github.com/robfig/cron/v3"
)

func daily() {
	http.Get("https://keys.example/daily") // finding: NET-PERF-004 confidence: high
}

func mail(ctx context.Context, task *asynq.Task) error {
	_, err := http.Get("https://keys.example/mail") // finding: NET-PERF-004 confidence: high
	return err
}

func Start() {
	schedule := cron.New()
	schedule.AddFunc("@daily", daily)
	mux := asynq.NewServeMux()
	mux.HandleFunc("mail", mail)
}
