package main

import (
	"database/sql"
	"fmt"
	"net/http"
)

var db *sql.DB

func orders(w http.ResponseWriter, r *http.Request) {
	customer := r.FormValue("customer")
	db.Query(fmt.Sprintf("SELECT id FROM orders WHERE customer = '%s'", customer)) // finding: DB-PREP-001 confidence: high
	db.Query("SELECT id FROM orders WHERE customer = '" + customer + "'")          // finding: DB-PREP-001 confidence: high
	db.Query("SELECT id FROM orders WHERE customer = $1", customer)                // ok: the value goes beside the text; mutate: s/= $1", customer)/= '" + customer + "'")/
	table := "orders"
	db.Query(fmt.Sprintf("SELECT id FROM %s WHERE customer = $1", table), customer) // ok: the name of a table
}

func main() {
	http.HandleFunc("/orders", orders)
	http.ListenAndServe(":8080", nil)
}
