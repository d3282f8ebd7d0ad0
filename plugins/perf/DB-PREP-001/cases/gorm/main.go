package main

import (
	"fmt"
	"net/http"

	"gorm.io/gorm"
)

type api struct{ db *gorm.DB }

func (a *api) orders(w http.ResponseWriter, r *http.Request) {
	a.db.Exec(fmt.Sprintf("UPDATE orders SET seen = true WHERE customer = '%s'", r.FormValue("customer"))) // finding: DB-PREP-001 confidence: high
}

func main() {
	a := &api{}
	http.HandleFunc("/orders", a.orders)
	http.ListenAndServe(":8080", nil)
}
