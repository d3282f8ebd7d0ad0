package main

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/gobuffalo/pop/v6"
)

type Order struct {
	ID    int
	Total int
}

var tx *pop.Connection

func total(w http.ResponseWriter, r *http.Request) {
	var orders []Order
	tx.Where("deleted_at is null").All(&orders) // finding: DB-PERF-011 confidence: medium
	sum := 0
	for _, order := range orders {
		sum += order.Total
	}
	w.WriteHeader(sum)
}

func newest(w http.ResponseWriter, r *http.Request) {
	var orders []Order
	tx.Order("id desc").Limit(20).All(&orders) // ok: twenty; mutate: s/.Limit(20)//
	sum := 0
	for _, order := range orders {
		sum += order.Total
	}
	w.WriteHeader(sum)
}

type Page struct{ Size int }

func sum(page *Page) int {
	var orders []Order
	query := tx.Order("id desc")
	if page != nil {
		query = query.Limit(page.Size)
	}
	query.All(&orders) // ok: whoever calls hands a page over; mutate: s/sum(&Page{Size: 20})/sum(nil)/
	sum := 0
	for _, order := range orders {
		sum += order.Total
	}
	return sum
}

func paged(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(sum(&Page{Size: 20}))
}

func main() {
	router := chi.NewRouter()
	router.Get("/total", total)
	router.Get("/newest", newest)
	router.Get("/paged", paged)
	http.ListenAndServe(":8080", router)
}
