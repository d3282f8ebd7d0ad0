package main

import (
	"database/sql"
	"net/http"

	_ "github.com/lib/pq"
)

var db *sql.DB

func orders(w http.ResponseWriter, r *http.Request) {
	db.QueryContext(r.Context(), "SELECT id FROM orders") // ok: ends with the request; mutate: s/QueryContext(r.Context(), /Query(/
}

func main() {
	http.HandleFunc("/orders", orders)
	http.ListenAndServe(":8080", nil)
}
