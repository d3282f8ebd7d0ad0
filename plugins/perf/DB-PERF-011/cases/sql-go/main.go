package main

import (
	"encoding/json"
	"net/http"
)

type Server struct {
	store *Store
}

func (s *Server) list(w http.ResponseWriter, r *http.Request) {
	a, _ := s.store.messagesOf(7)
	b, _ := s.store.page(7, 0)
	c, _ := s.store.pageByUser(7, 1)
	d, _ := s.store.since(7, r.FormValue("day"))
	e, _ := s.store.longest(7)
	f, _ := s.store.listed()
	g, _ := s.store.over()
	h, _ := s.store.before(r.FormValue("day"))
	i, _ := s.store.overIn(7)
	json.NewEncoder(w).Encode([]any{a, b, c, d, e, f, g, h, i})
}

func main() {
	server := &Server{}
	http.HandleFunc("/messages", server.list)
	http.ListenAndServe(":8080", nil)
}
