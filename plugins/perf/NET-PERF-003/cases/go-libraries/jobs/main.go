package main

import (
	"net/http"

	"github.com/gorilla/mux"
)

func main() {
	r := mux.NewRouter() // ok: one job that a scheduler calls
	r.HandleFunc("/", clean)
	http.ListenAndServe(":8080", r)
}

func clean(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }
