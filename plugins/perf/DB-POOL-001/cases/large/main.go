package main

import (
	"database/sql"
	"net/http"
	"os"
)

func main() {
	db, _ := sql.Open("pgx", os.Getenv("DSN"))
	db.SetMaxOpenConns(400) // finding: DB-POOL-001 confidence: medium
	db.SetMaxIdleConns(25)
	http.ListenAndServe(":8080", nil)
}
