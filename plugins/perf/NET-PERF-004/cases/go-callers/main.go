package main

import (
	"context"
	"net/http"
	"time"
)

type rates struct{}

func get(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req) // ok: its only caller bounds the context; mutate: s/context.WithTimeout(r.Context(), time.Second)/context.WithCancel(r.Context())/
}

func (c rates) load(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req) // ok: bounded two callers up; mutate: s/context.WithTimeout(context.Background(), limit)/context.WithCancel(context.Background())/
}

func (c rates) today(ctx context.Context) (*http.Response, error) {
	return c.load(ctx, "https://rates.example/today")
}

func endless(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req) // finding: NET-PERF-004 confidence: high
}

func open(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req) // finding: NET-PERF-004 confidence: medium
}

func show(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), time.Second)
	defer cancel()
	_, _ = get(ctx, "https://stock.example")
}

func days(w http.ResponseWriter, r *http.Request) {
	limit := 2 * time.Second
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	_, _ = rates{}.today(ctx)
}

func list(w http.ResponseWriter, r *http.Request) {
	_, _ = endless(context.Background(), "https://stock.example")
	_, _ = open(r.Context(), "https://stock.example")
}

func main() {
	http.HandleFunc("/show", show)
	http.HandleFunc("/days", days)
	http.HandleFunc("/list", list)
	_ = http.ListenAndServe(":8080", nil)
}
