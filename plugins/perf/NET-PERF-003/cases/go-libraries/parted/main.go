package main

import (
	"net/http"

	"github.com/gorilla/mux"
)

func main() {
	r := mux.NewRouter() // finding: NET-PERF-003 confidence: medium
	r.HandleFunc("/orders", orders)
	http.ListenAndServe(":8080", r)
}
