package main

import (
	"context"
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"
)

type api struct{ pool *pgxpool.Pool }

func (a *api) orders(w http.ResponseWriter, r *http.Request) {
	a.pool.Query(r.Context(), "SELECT id FROM orders")          // ok: ends with the request
	a.pool.QueryRow(context.Background(), "SELECT id FROM orders") // finding: DB-CANCEL-001 confidence: high
}

func main() {
	a := &api{}
	http.HandleFunc("/orders", a.orders)
	http.ListenAndServe(":8080", nil)
}
