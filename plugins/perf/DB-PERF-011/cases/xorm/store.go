package main

import (
	"net/http"

	"github.com/xorm-io/xorm"
)

type Order struct {
	Id    int64
	State string
}

type Store struct {
	Engine *xorm.Engine
}

var store *Store

func totals(w http.ResponseWriter, r *http.Request) {
	orders := []*Order{}
	// finding: DB-PERF-011 confidence: medium
	if err := store.Engine.Desc("id").Find(&orders); err != nil {
		return
	}
	counts := map[string]int{}
	for _, order := range orders {
		counts[order.State]++
	}
	w.Write([]byte(counts2text(counts)))
}

func latest(w http.ResponseWriter, r *http.Request) {
	orders := []*Order{}
	// ok: a hundred; mutate: s/.Limit(100)//
	store.Engine.Desc("id").Limit(100).Find(&orders)
	counts := map[string]int{}
	for _, order := range orders {
		counts[order.State]++
	}
	w.Write([]byte(counts2text(counts)))
}

func counts2text(counts map[string]int) string {
	text := ""
	for state := range counts {
		text += state
	}
	return text
}

func main() {
	engine, _ := xorm.NewEngine("mysql", "")
	store = &Store{Engine: engine}
	http.HandleFunc("/totals", totals)
	http.HandleFunc("/latest", latest)
	http.ListenAndServe(":8080", nil)
}
