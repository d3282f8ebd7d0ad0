package main

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

func order(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }

func main() {
	http.Handle("/metrics", promhttp.Handler())
	http.HandleFunc("/orders/", order)
	http.ListenAndServe(":8000", nil)
}
