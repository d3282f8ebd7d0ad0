package main

import (
	"net/http"

	"github.com/getsentry/sentry-go"
)

func order(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }

func main() {
	sentry.Init(sentry.ClientOptions{Dsn: "https://errors.example/1"})
	http.HandleFunc("/orders/", order)
	http.ListenAndServe(":8000", nil)
}
