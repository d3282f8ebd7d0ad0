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
	LabelCode  string    // ok: finds one row, which DB-IDX-001 says; mutate: s/Take(&single)/Find(&single)/
	Carrier    string    `gorm:"index:by_carrier,priority:2"`
	SentAt     time.Time // finding: DB-IDX-002 confidence: medium
	CreatedAt  time.Time `gorm:"index"` // ok: has an index; mutate: s/`gorm:"index"`//
	TenantID   uint      `gorm:"index"`
	Sequence   uint      // ok: the query that it sorts may stand on a tenant; mutate: s/q := s.db.Model(&Delivery{}).Where("tenant_id = ?", tenant)/q := s.db/ s/	q = q.Clauses(lock)/	_ = q/ s/q.Order("sequence desc")/s.db.Order("sequence desc")/
	ArrivedAt  time.Time `gorm:"index:by_carrier,priority:1"` // ok: first of the index of two; mutate: s/by_carrier,priority:1/by_carrier,priority:3/
}

type Server struct {
	db    *gorm.DB
	locks bool
}

func (s *Server) tracked(w http.ResponseWriter, r *http.Request) {
	var delivery Delivery
	s.db.Where("tracking_id = ?", r.FormValue("id")).Find(&delivery)
	var single Delivery
	s.db.Where("label_code = ?", r.FormValue("label")).Take(&single)
}

func (s *Server) sent(w http.ResponseWriter, r *http.Request) {
	var deliveries []Delivery
	s.db.Where("sent_at >= ?", r.FormValue("since")).Find(&deliveries)
	s.db.Order("created_at desc").Limit(20).Find(&deliveries)
	s.db.Where("arrived_at >= ?", r.FormValue("since")).Find(&deliveries)
}

func (s *Server) latest(w http.ResponseWriter, r *http.Request) {
	tenant := r.FormValue("tenant")
	q := s.db.Model(&Delivery{}).Where("tenant_id = ?", tenant)
	if s.locks {
		q = q.Clauses(lock)
	}
	var head Delivery
	q.Order("sequence desc").Limit(1).Take(&head)
}

func main() {
	db, _ := gorm.Open(postgres.Open("host=db dbname=shop"), &gorm.Config{})
	s := &Server{db: db}
	http.HandleFunc("/tracked", s.tracked)
	http.HandleFunc("/sent", s.sent)
	http.HandleFunc("/latest", s.latest)
	http.ListenAndServe(":8080", nil)
}
