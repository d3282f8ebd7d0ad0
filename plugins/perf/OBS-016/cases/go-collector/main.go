package main

import (
	"database/sql"

	"github.com/prometheus/client_golang/prometheus/collectors"
	"net/http"
)

func order(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }

func main() {
	collectors.NewDBStatsCollector(db, "shop")
	sql.Open("pgx", "postgres://db/shop")
	http.HandleFunc("/orders/", order)
	http.ListenAndServe(":8000", nil)
}
