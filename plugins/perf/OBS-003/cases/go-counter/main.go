package main

import (
	"net/http"

	"github.com/redis/go-redis/v9"
)

var hits = promauto.NewCounter(prometheus.CounterOpts{Name: "cache_hits_total"})

func order(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }

func main() {
	redis.NewClient(&redis.Options{Addr: "cache:6379"})
	http.HandleFunc("/orders/", order)
	http.ListenAndServe(":8000", nil)
}
