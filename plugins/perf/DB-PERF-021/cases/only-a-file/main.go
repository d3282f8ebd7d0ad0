package main

import (
	"database/sql"
	"net/http"

	_ "github.com/mattn/go-sqlite3"
)

func main() {
	db, err := sql.Open("sqlite3", "/var/lib/letters/letters.db")
	if err != nil {
		panic(err)
	}
	http.HandleFunc("/letters", func(w http.ResponseWriter, r *http.Request) {
		_ = db.QueryRowContext(r.Context(), "SELECT title FROM letters WHERE id = ?", r.URL.Query().Get("id"))
	})
	_ = http.ListenAndServe(":8080", nil)
}
