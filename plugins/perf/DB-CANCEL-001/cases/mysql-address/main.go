package main

import (
	"database/sql"
	"net/http"

	_ "github.com/go-sql-driver/mysql"
)

var db, _ = sql.Open("mysql", "shop@tcp(db:3306)/shop?parseTime=true&readTimeout=5s")

func orders(w http.ResponseWriter, r *http.Request) {
	rows, err := db.Query("SELECT id FROM orders WHERE customer_id = $1", r.FormValue("customer")) // ok: the driver reads no longer; mutate: s/&readTimeout/&readsTimeout/
	if err != nil {
		return
	}
	defer rows.Close()
}

func main() {
	http.HandleFunc("/orders", orders)
	http.ListenAndServe(":80", nil)
}
