package main

import (
	"database/sql"
	"encoding/json"
	"net/http"
)

var db *sql.DB

type Order struct {
	ID int
}

func list(w http.ResponseWriter, r *http.Request) { // finding: API-003 confidence: medium
	w.Header().Set("Content-Type", "application/json")
	rows, err := db.Query("SELECT id FROM orders ORDER BY id LIMIT $1 OFFSET $2", r.URL.Query().Get("limit"), r.URL.Query().Get("offset"))
	if err != nil {
		return
	}
	orders := make([]Order, 0)
	for rows.Next() {
		var order Order
		rows.Scan(&order.ID)
		orders = append(orders, order)
	}
	json.NewEncoder(w).Encode(orders)
}

func main() {
	http.HandleFunc("/orders", list)
	http.ListenAndServe(":80", nil)
}
