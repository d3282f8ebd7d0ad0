package main

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus"
)

func main() {
	http.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) { w.Write(nil) })
	_ = promauto.NewHistogramVec(prometheus.HistogramOpts{Name: "request_seconds"}, []string{"route"})
	http.ListenAndServe(":8080", nil)
}
