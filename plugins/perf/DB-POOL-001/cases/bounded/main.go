package main

import (
	"database/sql"
	"net/http"
	"os"
)

func main() {
	db, _ := sql.Open("pgx", os.Getenv("DSN")) // ok: bounded below; mutate: s/db.SetMaxOpen/db.SetMaxLife/
	db.SetMaxOpenConns(25)
	db.SetMaxIdleConns(25)
	http.ListenAndServe(":8080", nil)
}
