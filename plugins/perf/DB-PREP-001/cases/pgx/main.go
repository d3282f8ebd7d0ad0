package main

import (
	"fmt"
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"
)

type api struct{ pool *pgxpool.Pool }

func (a *api) orders(w http.ResponseWriter, r *http.Request) {
	customer := r.FormValue("customer")
	a.pool.QueryRow(r.Context(), fmt.Sprintf("SELECT id FROM orders WHERE customer = '%s'", customer)) // finding: DB-PREP-001 confidence: high
}

func main() {
	a := &api{}
	http.HandleFunc("/orders", a.orders)
	http.ListenAndServe(":8080", nil)
}
