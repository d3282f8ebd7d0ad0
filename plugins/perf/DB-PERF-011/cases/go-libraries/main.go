package main

import (
	"net/http"

	"github.com/jinzhu/gorm"
)

type Order struct{ ID uint }

var db *gorm.DB

func list(w http.ResponseWriter, r *http.Request) {
	var orders []Order
	db.Where("paid").Find(&orders) // finding: DB-PERF-011
	w.Write([]byte{byte(len(orders))})
}

func page(w http.ResponseWriter, r *http.Request) {
	var orders []Order
	db.Where("paid").Limit(20).Find(&orders) // ok: bounded; mutate: s/Limit(20).//
	w.Write([]byte{byte(len(orders))})
}

func main() {
	http.HandleFunc("/orders", list)
	http.HandleFunc("/page", page)
	http.ListenAndServe(":8080", nil)
}
