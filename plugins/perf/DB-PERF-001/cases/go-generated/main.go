package main

import (
	"context"
	"net/http"
	"strings"

	"example.com/shop/ent"
)

type server struct{ client *ent.Client }

func (s *server) counts(w http.ResponseWriter, r *http.Request) {
	for _, id := range ids(r) {
		s.client.Order.Query().Where(id).Count(r.Context()) // finding: DB-PERF-001
	}
}

func (s *server) place(w http.ResponseWriter, r *http.Request) {
	builders := []*ent.OrderCreate{}
	for _, id := range ids(r) {
		// ok: nothing is asked yet; mutate: s/builders = append(builders, s.client.Order.Create().SetID(id))/s.client.Order.Create().SetID(id).Save(r.Context())/
		builders = append(builders, s.client.Order.Create().SetID(id))
	}
	s.client.Order.CreateBulk(builders...).Save(r.Context())
}

func ids(r *http.Request) []int {
	all := []int{}
	for at := range strings.Split(r.URL.Query().Get("ids"), ",") {
		all = append(all, at)
	}
	return all
}

func main() {
	s := &server{}
	http.HandleFunc("/counts", s.counts)
	http.HandleFunc("/place", s.place)
}
