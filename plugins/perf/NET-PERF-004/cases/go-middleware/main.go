package main

import (
	"context"
	"net/http"
	"time"
)

// Every request ends, and with it what is asked in its name.
func limited(limit time.Duration) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx, cancel := context.WithTimeout(r.Context(), limit)
			defer cancel()
			next.ServeHTTP(w, r.WithContext(ctx))
		})
	}
}

func rate(w http.ResponseWriter, r *http.Request) {
	request, err := http.NewRequestWithContext(r.Context(), http.MethodGet, "https://rates/today", nil)
	if err != nil {
		return
	}
	answer, err := http.DefaultClient.Do(request) // ok: ends with the request; mutate: s/limited(3*time.Second)(mux)/mux/; mutate: s/r.Context(), http.MethodGet/context.Background(), http.MethodGet/
	if err == nil {
		answer.Body.Close()
	}
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/rate", rate)
	http.ListenAndServe(":8080", limited(3*time.Second)(mux))
}
