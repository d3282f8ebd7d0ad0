package main

import (
	"database/sql"
	"net/http"
	"os"
)

func main() {
	// perfctl: allow DB-POOL-001 -- the proxy in front of the database bounds them
	sql.Open("postgres", os.Getenv("DSN"))
	http.ListenAndServe(":8080", nil)
}
