package main

import (
	"database/sql"
	"encoding/json"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/julienschmidt/httprouter"
)

type Order struct{ ID int }

type Shop struct{ db *sql.DB }

func (s *Shop) read() ([]Order, error) {
	rows, err := s.db.Query("SELECT id FROM orders")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var orders []Order
	for rows.Next() {
		var order Order
		rows.Scan(&order.ID)
		orders = append(orders, order)
	}
	return orders, nil
}

// finding: API-001
func (s *Shop) list(w http.ResponseWriter, r *http.Request) {
	orders, _ := s.read()
	json.NewEncoder(w).Encode(orders)
}

func (s *Shop) shown(w http.ResponseWriter, r *http.Request, _ httprouter.Params) {
	var orders []Order
	rows, _ := s.db.Query("SELECT id FROM orders LIMIT 20") // ok: twenty
	defer rows.Close()
	for rows.Next() {
		var order Order
		rows.Scan(&order.ID)
		orders = append(orders, order)
	}
	json.NewEncoder(w).Encode(orders)
}

func main() {
	shop := &Shop{}
	router := chi.NewRouter()
	router.Get("/orders", shop.list)
	other := httprouter.New()
	other.GET("/shown", shop.shown)
	http.ListenAndServe(":8080", router)
}
