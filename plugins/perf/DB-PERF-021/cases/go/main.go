package main

import (
	"context"
	"database/sql"
	"net/http"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const dsn = "postgres://db/shop"

type server struct{ pool *pgxpool.Pool }

func (s *server) orders(w http.ResponseWriter, r *http.Request) {
	conn, err := pgx.Connect(r.Context(), dsn) // finding: DB-PERF-021 confidence: high
	if err != nil {
		return
	}
	conn.QueryRow(r.Context(), "SELECT 1")
}

func prices(w http.ResponseWriter, r *http.Request) {
	db, err := open()
	if err != nil {
		return
	}
	db.QueryRow("SELECT 1")
}

func open() (*sql.DB, error) {
	return sql.Open("pgx", dsn) // finding: DB-PERF-021 confidence: high
}

func (s *server) stock(w http.ResponseWriter, r *http.Request) {
	s.pool.QueryRow(r.Context(), "SELECT 1") // ok: taken from the pool
}

func main() {
	pool, err := pgxpool.New(context.Background(), dsn) // ok: made at the start
	if err != nil {
		panic(err)
	}
	s := &server{pool: pool}
	http.HandleFunc("/orders", s.orders)
	http.HandleFunc("/prices", prices)
	http.HandleFunc("/stock", s.stock)
	http.ListenAndServe(":8080", nil)
}
