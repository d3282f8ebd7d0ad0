package main

import (
	"database/sql"
	"net/http"

	_ "github.com/lib/pq"
)

var db *sql.DB

func read(customer string) (*sql.Rows, error) {
	return db.Query("SELECT id FROM orders WHERE customer = $1", customer) // finding: DB-CANCEL-001 confidence: high
}

func orders(w http.ResponseWriter, r *http.Request) {
	read(r.FormValue("customer"))
	db.Exec("UPDATE orders SET seen = true") // ok: a write is finished, whoever waits
}

func main() {
	db.Query("SELECT 1") // ok: nobody asks for it
	http.HandleFunc("/orders", orders)
	http.ListenAndServe(":8080", nil)
}
