package main

import (
	"database/sql"
	"net/http"
)

var db *sql.DB

func orders(w http.ResponseWriter, r *http.Request) {
	// perfctl: allow DB-CANCEL-001 -- fills a cache for everybody
	db.Query("SELECT id FROM orders")
}

func main() {
	http.HandleFunc("/orders", orders)
	http.ListenAndServe(":8080", nil)
}
