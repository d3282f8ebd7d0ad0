package main

import (
	"database/sql"
	"encoding/json"
	"net/http"
)

var db *sql.DB

func list(w http.ResponseWriter, r *http.Request) { // finding: API-004 confidence: low
	rows, _ := db.Query("SELECT id FROM orders ORDER BY id LIMIT $1 OFFSET $2", 20, r.FormValue("offset"))
	json.NewEncoder(w).Encode(rows)
}

func main() {
	http.HandleFunc("/orders", list)
	http.ListenAndServe(":80", nil)
}
