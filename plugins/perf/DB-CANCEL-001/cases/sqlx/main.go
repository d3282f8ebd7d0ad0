package main

import (
	"net/http"

	"github.com/jmoiron/sqlx"
	_ "github.com/lib/pq"
)

type api struct{ db *sqlx.DB }

func (a *api) orders(w http.ResponseWriter, r *http.Request) {
	var ids []int64
	a.db.Select(&ids, "SELECT id FROM orders") // finding: DB-CANCEL-001 confidence: high
}

func main() {
	a := &api{}
	http.HandleFunc("/orders", a.orders)
	http.ListenAndServe(":8080", nil)
}
