package main

import (
	"net/http"

	servertiming "github.com/mitchellh/go-server-timing"
)

func order(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }

func main() {
	http.HandleFunc("/orders/", order)
	http.ListenAndServe(":8000", servertiming.Middleware(http.DefaultServeMux, nil))
}
