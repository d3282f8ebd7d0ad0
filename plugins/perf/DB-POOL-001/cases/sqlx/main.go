package main

import (
	"net/http"

	"github.com/jmoiron/sqlx"
	_ "github.com/lib/pq"
)

func main() {
	db, _ := sqlx.Connect("postgres", "host=db dbname=shop") // finding: DB-POOL-001 confidence: high
	http.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) {
		db.Exec("SELECT 1")
	})
	http.ListenAndServe(":8080", nil)
}
