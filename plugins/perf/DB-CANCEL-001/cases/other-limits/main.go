package main

import (
	"database/sql"
	"net/http"

	_ "github.com/lib/pq"
)

var db *sql.DB

func orders(w http.ResponseWriter, r *http.Request) {
	rows, err := db.Query("SELECT id FROM orders WHERE customer_id = $1", r.FormValue("customer")) // finding: DB-CANCEL-001 confidence: high
	if err != nil {
		return
	}
	defer rows.Close()
}

func main() {
	http.HandleFunc("/orders", orders)
	http.ListenAndServe(":80", nil)
}
