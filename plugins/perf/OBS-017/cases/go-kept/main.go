package main

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus"
)

var orders = promauto.NewCounter(prometheus.CounterOpts{Name: "orders_total"}) // finding: OBS-017

func order(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }

func main() {
	http.HandleFunc("/orders/", order)
	http.ListenAndServe(":8000", nil)
}
