package main

import (
	"net/http"

	"github.com/redis/go-redis/v9"
)

func visits(w http.ResponseWriter, r *http.Request) {
	// finding: DB-PERF-021
	client := redis.NewClient(&redis.Options{Addr: "cache:6379"})
	defer client.Close()
	client.Incr(r.Context(), "visits")
}

func main() {
	http.HandleFunc("/visits", visits)
	http.ListenAndServe(":8080", nil)
}
