package main

import (
	"encoding/json"
	"net/http"

	"github.com/go-chi/chi/v5"
)

func all() ([]Order, error) {
	var orders []Order
	err := db.Order("id").Find(&orders).Error
	return orders, err
}

// A handler that another function makes is the endpoint.
func ordersHandler() http.HandlerFunc {
	// finding: API-001 confidence: medium
	return func(w http.ResponseWriter, r *http.Request) {
		orders, err := all()
		if err != nil {
			return
		}
		json.NewEncoder(w).Encode(orders)
	}
}

func routes() http.Handler {
	r := chi.NewRouter()
	r.Get("/made", ordersHandler())
	return r
}
