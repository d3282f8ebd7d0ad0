package main

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

func main() {
	r := chi.NewRouter() // finding: NET-PERF-003 confidence: medium
	r.Get("/orders", list)
	r.With(middleware.Compress(5)).Get("/orders/export", list)
	http.ListenAndServe(":8080", r)
}

func list(w http.ResponseWriter, r *http.Request) { w.Write([]byte("[]")) }
