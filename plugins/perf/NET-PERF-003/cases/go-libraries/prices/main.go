package main

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

func main() {
	router := chi.NewRouter() // ok: the middleware is used; mutate: s/middleware.Compress(5)/middleware.Logger/
	router.Use(middleware.Compress(5))
	router.Get("/prices", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(`["a"]`)) })
	http.ListenAndServe(":8080", router)
}
