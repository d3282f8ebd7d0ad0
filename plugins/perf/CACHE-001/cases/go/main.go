package main

import (
	"database/sql"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/jmoiron/sqlx"
	"gorm.io/gorm"
)

type User struct{ Name string }

type Server struct {
	db    *sql.DB
	orm   *gorm.DB
	other *sqlx.DB
}

func (s *Server) getUser(id string) (*User, error) {
	user := &User{}
	err := s.db.QueryRow("SELECT name FROM users WHERE id = $1", id).Scan(&user.Name)
	return user, err
}

func (s *Server) greet(w http.ResponseWriter, r *http.Request) {
	id := r.FormValue("id")
	user, err := s.getUser(id)
	if err != nil {
		return
	}
	owner, err := s.getUser(id) // finding: CACHE-001
	if err != nil {
		return
	}
	w.Write([]byte(user.Name + owner.Name))
}

func (s *Server) rows(w http.ResponseWriter, r *http.Request) {
	first := s.db.QueryRow("SELECT count(*) FROM users")
	second := s.db.QueryRow("SELECT count(*) FROM users") // finding: CACHE-001
	show(first, second)
}

func (s *Server) named(c *gin.Context) {
	first := s.other.QueryRowx("SELECT count(*) FROM users")
	second := s.other.QueryRowx("SELECT count(*) FROM users") // finding: CACHE-001
	show(first, second)
}

func main() {
	server := &Server{}
	http.HandleFunc("/greet", server.greet)
	http.HandleFunc("/rows", server.rows)
	router := gin.Default()
	router.GET("/named", server.named)
	router.Run()
}
