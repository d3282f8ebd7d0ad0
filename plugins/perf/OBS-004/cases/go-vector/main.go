package main

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
)

var responses = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "http_responses_total"}, []string{"route", "code"})

func order(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }

func main() {
	http.HandleFunc("/orders/", order)
	http.ListenAndServe(":8000", nil)
}
