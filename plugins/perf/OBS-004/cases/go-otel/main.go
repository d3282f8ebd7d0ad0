package main

import (
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

func order(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }

func main() {
	http.HandleFunc("/orders/", order)
	http.ListenAndServe(":8000", otelhttp.NewHandler(http.DefaultServeMux, "shop"))
}
