package api

import (
	"encoding/json"
	"net/http"
	"strconv"

	"example.org/shop/store"
)

type Server struct {
	store  store.Store
	labels store.Labels
	visits store.Visits
}

func (s *Server) Routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /orders", s.orders)
	mux.HandleFunc("GET /orders/newest", s.newest)
	mux.HandleFunc("GET /shops/{id}/orders", s.ofShop)
	mux.HandleFunc("GET /labels", s.allLabels)
	mux.HandleFunc("GET /all-visits", s.allVisits)
}

func (s *Server) orders(w http.ResponseWriter, r *http.Request) { // finding: API-001 confidence: medium
	orders, err := s.store.Orders(r.Context(), store.Filter{State: r.URL.Query().Get("state")})
	if err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	json.NewEncoder(w).Encode(orders)
}

func (s *Server) newest(w http.ResponseWriter, r *http.Request) { // ok: twenty of them; mutate: store/store.go s/.Limit(20)//
	orders, err := s.store.NewestOrders(r.Context())
	if err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	json.NewEncoder(w).Encode(orders)
}

func (s *Server) ofShop(w http.ResponseWriter, r *http.Request) { // finding: API-001 confidence: low -- those of one shop
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		http.Error(w, "which shop?", http.StatusBadRequest)
		return
	}
	orders, err := s.store.Orders(r.Context(), store.Filter{ShopID: id})
	if err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	json.NewEncoder(w).Encode(orders)
}

func (s *Server) allLabels(w http.ResponseWriter, r *http.Request) { // ok: fifty of them, whatever gives all visits is called; mutate: store/store.go s/.Limit(50)//
	labels, err := s.labels.All(r.Context())
	if err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	json.NewEncoder(w).Encode(labels)
}

func (s *Server) allVisits(w http.ResponseWriter, r *http.Request) { // finding: API-001 confidence: medium
	visits, err := s.visits.All(r.Context())
	if err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	json.NewEncoder(w).Encode(visits)
}
