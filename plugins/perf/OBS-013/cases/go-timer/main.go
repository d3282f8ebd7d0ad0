package main

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
)

func order(w http.ResponseWriter, r *http.Request) { timer := prometheus.NewTimer(times)
	defer timer.ObserveDuration()
	w.WriteHeader(http.StatusNoContent) }

func main() {
	http.HandleFunc("/orders/", order)
	http.ListenAndServe(":8000", nil)
}
