package main

import (
	"net/http"

	"github.com/newrelic/go-agent/v3/newrelic"
)

func order(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }

func main() {
	newrelic.NewApplication(newrelic.ConfigAppName("shop"))
	http.HandleFunc("/orders/", order)
	http.ListenAndServe(":8000", nil)
}
