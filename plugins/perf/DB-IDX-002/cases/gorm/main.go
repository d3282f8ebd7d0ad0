package main

import (
	"net/http"
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

type Delivery struct {
	ID         uint
	TrackingID string    // finding: DB-IDX-002 confidence: medium
	Carrier    string    `gorm:"index:by_carrier,priority:2"`
	SentAt     time.Time // finding: DB-IDX-002 confidence: medium
	CreatedAt  time.Time `gorm:"index"` // ok: has an index; mutate: s/`gorm:"index"`//
	ArrivedAt  time.Time `gorm:"index:by_carrier,priority:1"` // ok: first of the index of two; mutate: s/by_carrier,priority:1/by_carrier,priority:3/
}

type Server struct {
	db *gorm.DB
}

func (s *Server) tracked(w http.ResponseWriter, r *http.Request) {
	var delivery Delivery
	s.db.Where("tracking_id = ?", r.FormValue("id")).Take(&delivery)
}

func (s *Server) sent(w http.ResponseWriter, r *http.Request) {
	var deliveries []Delivery
	s.db.Where("sent_at >= ?", r.FormValue("since")).Find(&deliveries)
	s.db.Order("created_at desc").Limit(20).Find(&deliveries)
	s.db.Where("arrived_at >= ?", r.FormValue("since")).Find(&deliveries)
}

func main() {
	db, _ := gorm.Open(postgres.Open("host=db dbname=shop"), &gorm.Config{})
	s := &Server{db: db}
	http.HandleFunc("/tracked", s.tracked)
	http.HandleFunc("/sent", s.sent)
	http.ListenAndServe(":8080", nil)
}
