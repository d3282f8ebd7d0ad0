package main

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/httprate"
)

func main() {
	r := chi.NewRouter()
	r.Use(httprate.LimitByIP(5, time.Minute))
	http.ListenAndServe(":80", r)
}
