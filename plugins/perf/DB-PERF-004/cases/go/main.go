package main

import (
	"database/sql"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/jmoiron/sqlx"
	"gorm.io/gorm"
)

type Order struct{ ID uint }
type Line struct{ OrderID uint }

type Server struct {
	db   *sql.DB
	orm  *gorm.DB
	other *sqlx.DB
}

func (s *Server) place(w http.ResponseWriter, r *http.Request) {
	result, err := s.db.Exec("INSERT INTO orders (customer) VALUES (?)", r.FormValue("customer"))
	if err != nil {
		return
	}
	id, _ := result.LastInsertId()
	s.db.Exec("INSERT INTO lines (order_id) VALUES (?)", id) // finding: DB-PERF-004
}

func (s *Server) named(w http.ResponseWriter, r *http.Request) {
	placed, err := s.other.Exec("INSERT INTO orders (customer) VALUES (?)", r.FormValue("customer"))
	if err != nil {
		return
	}
	id, _ := placed.LastInsertId()
	s.other.Exec("INSERT INTO lines (order_id) VALUES (?)", id) // finding: DB-PERF-004
}

func (s *Server) create(c *gin.Context) {
	order := Order{}
	s.orm.Create(&order)
	line := Line{OrderID: order.ID}
	s.orm.Create(&line) // finding: DB-PERF-004
}

func (s *Server) held(w http.ResponseWriter, r *http.Request) {
	tx, _ := s.db.Begin()
	result, err := tx.Exec("INSERT INTO orders (customer) VALUES (?)", r.FormValue("customer"))
	if err != nil {
		return
	}
	id, _ := result.LastInsertId()
	tx.Exec("INSERT INTO lines (order_id) VALUES (?)", id) // ok: one transaction
	tx.Commit()
}

func main() {
	server := &Server{}
	http.HandleFunc("/place", server.place)
	http.HandleFunc("/named", server.named)
	http.HandleFunc("/held", server.held)
	router := gin.Default()
	router.POST("/create", server.create)
	router.Run()
}
