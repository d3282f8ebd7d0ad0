package main

import (
	"net/http"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

type Order struct{ ID uint64 }

type api struct{ db *gorm.DB }

func (a *api) orders(w http.ResponseWriter, r *http.Request) {
	var orders []Order
	a.db.Where("customer = ?", r.FormValue("customer")).Find(&orders) // finding: DB-CANCEL-001 confidence: medium
}

func main() {
	db, _ := gorm.Open(postgres.Open("host=db"), &gorm.Config{})
	a := &api{db: db}
	http.HandleFunc("/orders", a.orders)
	http.ListenAndServe(":8080", nil)
}
