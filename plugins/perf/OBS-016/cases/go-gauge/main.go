package main

import (
	"database/sql"
	"net/http"
)

func order(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }

func main() {
	sql.Open("pgx", "postgres://db/shop")
	http.HandleFunc("/orders/", order)
	http.ListenAndServe(":8000", nil)
}

var inUse = promauto.NewGaugeFunc(prometheus.GaugeOpts{Name: "db_in_use"}, func() float64 { return float64(db.Stats().InUse) })
