package main

import (
	"database/sql"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5/pgxpool"
	"gorm.io/gorm"
)

var db *sql.DB

type server struct {
	orm  *gorm.DB
	pool *pgxpool.Pool
}

func alive(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte("ok"))
	}
}

func HandleHealthz(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := db.PingContext(r.Context()); err != nil { // finding: CR-002
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}
}

func (s *server) Healthz(c *gin.Context) {
	if err := s.pool.Ping(c); err != nil { // finding: CR-002
		c.Status(503)
	}
}

func (s *server) readiness(c *gin.Context) {
	if err := s.pool.Ping(c); err != nil { // ok: readiness asks on purpose; mutate: s|"/readyz"|"/livez"| s|readiness(c|ask(c| s|s.readiness|s.ask|
		c.Status(503)
	}
}

func (s *server) Beat(c *gin.Context) {
	s.pool.Ping(c) // ok: what a program sends, no probe; mutate: s|r.POST("/heartbeats/heartbeat"|r.GET("/heartbeat"|
}

func (s *server) Live(c *gin.Context) {
	if own, err := s.orm.DB(); err == nil {
		own.Ping() // finding: CR-002
	}
}

func main() {
	s := &server{}
	client := &http.Client{Timeout: time.Second}
	r := gin.Default()
	r.GET("/healthz", s.Healthz)
	r.GET("/readyz", s.readiness)
	r.GET("/heartbeat", func(c *gin.Context) {
		client.Get("https://stock/health") // finding: CR-002
		c.Status(200)
	})
	r.GET("/livez", s.Live)
	r.POST("/heartbeats/heartbeat", s.Beat)
	http.HandleFunc("/alive", alive(db))
	http.Handle("/health", HandleHealthz(db))
	r.Run()
}
