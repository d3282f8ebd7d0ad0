package main

import (
	"context"
	"net/http"
	"time"
)

func within(ctx context.Context) context.Context {
	soon, _ := context.WithTimeout(ctx, 5*time.Second)
	return soon
}

func sendMade(w http.ResponseWriter, r *http.Request) {
	ctx := within(r.Context())
	request, _ := http.NewRequestWithContext(ctx, http.MethodGet, "https://stock.internal/all", nil)
	http.DefaultClient.Do(request) // ok: another function of the repository sets the deadline; mutate: s/ctx := within(r.Context())/ctx := r.Context()/
}

func sendFreed(w http.ResponseWriter, r *http.Request) {
	ctx := context.WithoutCancel(r.Context())
	request, _ := http.NewRequestWithContext(ctx, http.MethodGet, "https://stock.internal/all", nil)
	http.DefaultClient.Do(request) // finding: NET-PERF-004
}

func routes() {
	http.HandleFunc("/made", sendMade)
	http.HandleFunc("/freed", sendFreed)
}
