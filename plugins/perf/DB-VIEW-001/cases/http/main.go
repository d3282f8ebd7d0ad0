package main

import (
	"database/sql"
	"encoding/json"
	"net/http"

	"github.com/jmoiron/sqlx"
)

var db *sql.DB
var dbx *sqlx.DB

type Sum struct {
	Name  string
	Total int
}

func turnover(w http.ResponseWriter, r *http.Request) {
	rows, _ := db.Query("SELECT d.name, sum(l.price) FROM orders o JOIN lines l ON l.order_id = o.id JOIN depots d ON d.id = o.depot_id GROUP BY d.name") // finding: DB-VIEW-001 confidence: low
	json.NewEncoder(w).Encode(rows)
}

func turnoverx(w http.ResponseWriter, r *http.Request) {
	var sums []Sum
	dbx.Select(&sums, "SELECT d.name, sum(l.price) FROM orders o JOIN lines l ON l.order_id = o.id JOIN depots d ON d.id = o.depot_id GROUP BY d.name") // finding: DB-VIEW-001 confidence: low
	json.NewEncoder(w).Encode(sums)
}

func main() {
	http.HandleFunc("/turnover", turnover)
	http.HandleFunc("/turnoverx", turnoverx)
	http.ListenAndServe(":80", nil)
}
