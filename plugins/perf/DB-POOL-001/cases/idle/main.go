package main

import (
	"database/sql"
	"net/http"
	"os"
)

func main() {
	db, _ := sql.Open("pgx", os.Getenv("DSN"))
	db.SetMaxOpenConns(25) // finding: DB-POOL-001 confidence: high
	reports, _ := sql.Open("pgx", os.Getenv("REPORTS"))
	reports.SetMaxOpenConns(2) // ok: as many as are kept anyway; mutate: s/SetMaxOpenConns(2)/SetMaxOpenConns(20)/
	http.ListenAndServe(":8080", nil)
}
