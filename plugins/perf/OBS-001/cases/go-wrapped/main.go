package main

import (
	"net/http"

	metrics "github.com/slok/go-http-metrics/metrics/prometheus"
	"github.com/slok/go-http-metrics/middleware"
	"github.com/slok/go-http-metrics/middleware/std"
)

func main() {
	mdlw := middleware.New(middleware.Config{Recorder: metrics.NewRecorder(metrics.Config{})})
	orders := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write(nil) })
	http.ListenAndServe(":8080", std.Handler("", mdlw, orders))
}
