package main

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

func rate(w http.ResponseWriter, r *http.Request) {
	request, err := http.NewRequestWithContext(r.Context(), http.MethodGet, "https://rates/today", nil)
	if err != nil {
		return
	}
	answer, err := http.DefaultClient.Do(request) // ok: ends with the request; mutate: s/middleware.Timeout(3 * time.Second)/middleware.Logger/
	if err == nil {
		answer.Body.Close()
	}
}

func main() {
	router := chi.NewRouter()
	router.Use(middleware.Timeout(3 * time.Second))
	router.Get("/rate", rate)
	http.ListenAndServe(":8080", router)
}
