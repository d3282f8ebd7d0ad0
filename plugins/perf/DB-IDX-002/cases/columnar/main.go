package main

import (
	"database/sql"
	"net/http"
)

type Server struct {
	db *sql.DB
}

func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	s.db.Query("SELECT id FROM events WHERE tenant_id = ?", r.FormValue("tenant"))
}

func main() {
	db, _ := sql.Open("clickhouse", "tcp://events:9000")
	s := &Server{db: db}
	http.HandleFunc("/events", s.events)
	http.ListenAndServe(":8080", nil)
}
