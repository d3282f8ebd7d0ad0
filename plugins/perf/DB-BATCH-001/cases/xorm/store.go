package main

import (
	"encoding/json"
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

func take(w http.ResponseWriter, r *http.Request) {
	orders := []*Order{}
	json.NewDecoder(r.Body).Decode(&orders)
	session := store.Engine.NewSession()
	defer session.Close()
	for _, order := range orders {
		// finding: DB-BATCH-001
		if _, err := session.Insert(order); err != nil {
			return
		}
	}
	session.Commit()
}

func takeTogether(w http.ResponseWriter, r *http.Request) {
	orders := []*Order{}
	json.NewDecoder(r.Body).Decode(&orders)
	// ok: all in one statement
	store.Engine.Insert(&orders)
}

func main() {
	engine, _ := xorm.NewEngine("mysql", "")
	store = &Store{Engine: engine}
	http.HandleFunc("/take", take)
	http.HandleFunc("/together", takeTogether)
	http.ListenAndServe(":8080", nil)
}
