package main

import (
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/runtime"
)

func order(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }

func main() {
	runtime.Start()
	http.HandleFunc("/orders/", order)
	http.ListenAndServe(":8000", nil)
}
