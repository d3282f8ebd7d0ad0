package main

import (
	"database/sql"
	"net/http"
)

var db *sql.DB

func orders(w http.ResponseWriter, r *http.Request) {
	// finding: DB-CANCEL-001
	db.Query("SELECT id FROM orders")
}

func main() {
	http.HandleFunc("/orders", orders)
	http.ListenAndServe(":8080", nil)
}

func broken( {
