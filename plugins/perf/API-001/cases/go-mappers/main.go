package main

import (
	"encoding/json"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/gobuffalo/pop/v6"
	"xorm.io/xorm"
)

type Order struct {
	ID     int
	ShopID int
}

var tx *pop.Connection
var engine *xorm.Engine

// finding: API-001 confidence: medium
func orders(w http.ResponseWriter, r *http.Request) {
	var orders []Order
	if err := tx.Where("deleted_at is null").Order("id desc").All(&orders); err != nil {
		return
	}
	json.NewEncoder(w).Encode(orders)
}

// finding: API-001 confidence: low
func ordersOf(w http.ResponseWriter, r *http.Request) {
	var orders []Order
	tx.Where("shop_id = ?", chi.URLParam(r, "shop")).All(&orders)
	json.NewEncoder(w).Encode(orders)
}

// ok: twenty; mutate: s/.Paginate(1, 20)//
func page(w http.ResponseWriter, r *http.Request) {
	var orders []Order
	tx.Q().Paginate(1, 20).Order("id").All(&orders)
	json.NewEncoder(w).Encode(orders)
}

// finding: API-001 confidence: medium
func all(w http.ResponseWriter, r *http.Request) {
	var orders []Order
	engine.Desc("id").Find(&orders)
	json.NewEncoder(w).Encode(orders)
}

// ok: twenty; mutate: s/.Limit(20)//
func some(w http.ResponseWriter, r *http.Request) {
	var orders []Order
	engine.Desc("id").Limit(20).Find(&orders)
	json.NewEncoder(w).Encode(orders)
}

func main() {
	router := chi.NewRouter()
	router.Get("/orders", orders)
	router.Get("/shops/{shop}/orders", ordersOf)
	router.Get("/page", page)
	router.Get("/all", all)
	router.Get("/some", some)
	http.ListenAndServe(":8080", router)
}
