package main

import (
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

func main() {
	http.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) { w.Write(nil) })
	_ = otelhttp.NewHandler(nil, "orders")
	http.ListenAndServe(":8080", nil)
}
