package main

import (
	"database/sql"
	"net/http"

	"shop.local/shop/store"
)

func main() {
	pool, err := sql.Open("pgx", "postgres://shop") // ok: connects with its first statement
	if err != nil {
		panic(err)
	}
	db := store.Open("postgres://shop")
	store.OpenKind("mysql", "shop")
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		db.Exec("SELECT 1")
		pool.QueryContext(r.Context(), "SELECT 1")
	})
	http.ListenAndServe(":8080", nil)
}
