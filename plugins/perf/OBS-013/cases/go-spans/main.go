package main

import (
	"net/http"

	"go.opentelemetry.io/otel"
)

func order(w http.ResponseWriter, r *http.Request) { _, span := otel.Tracer("shop").Start(r.Context(), "order")
	defer span.End()
	w.WriteHeader(http.StatusNoContent) }

func main() {
	http.HandleFunc("/orders/", order)
	http.ListenAndServe(":8000", nil)
}
