package main

import (
	"database/sql"
	"encoding/json"
	"net/http"
)

const deleteOrder = "DELETE FROM orders WHERE id = ?"

type server struct{ db *sql.DB }

func (s *server) remove(w http.ResponseWriter, r *http.Request) {
	var ids []string
	json.NewDecoder(r.Body).Decode(&ids)
	for _, id := range ids {
		if _, err := s.db.Exec(deleteOrder, id); err != nil { // finding: DB-BATCH-001
			http.Error(w, "failed", 500)
		}
	}
}

func (s *server) pay(w http.ResponseWriter, r *http.Request) {
	var sums map[string]int
	json.NewDecoder(r.Body).Decode(&sums)
	for id, sum := range sums {
		// ok: each row is set to something else; mutate: s/, sum, id)/, 3, id)/
		if _, err := s.db.Exec("UPDATE orders SET paid = ? WHERE id = ?", sum, id); err != nil {
			http.Error(w, "failed", 500)
		}
	}
}

func main() {
	db, _ := sql.Open("postgres", "")
	s := &server{db: db}
	http.HandleFunc("/remove", s.remove)
	http.HandleFunc("/pay", s.pay)
	http.ListenAndServe(":80", nil)
}
