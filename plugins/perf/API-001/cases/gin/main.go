package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

type Order struct {
	ID    uint
	Total int
}

type Server struct {
	db *gorm.DB
}

// finding: API-001
func (s *Server) orders(c *gin.Context) {
	var orders []Order
	s.db.Order("id").Find(&orders)
	c.JSON(http.StatusOK, orders)
}

// ok: bounded; mutate: s/Limit(50).//
func (s *Server) page(c *gin.Context) {
	var orders []Order
	s.db.Order("id").Limit(50).Find(&orders)
	c.JSON(http.StatusOK, orders)
}

// ok: bounded in both branches; mutate: s/q = q.Limit(100)/q = q.Offset(0)/
func (s *Server) capped(c *gin.Context) {
	var orders []Order
	count := c.GetInt("count")
	q := s.db.Order("total")
	if count > 0 {
		q = q.Limit(count)
	} else {
		q = q.Limit(100)
	}
	q.Find(&orders)
	c.JSON(http.StatusOK, orders)
}

// ok: one number leaves; mutate: s/len(orders)/orders/
func (s *Server) total(c *gin.Context) {
	var orders []Order
	s.db.Find(&orders)
	c.JSON(http.StatusOK, len(orders))
}

// ok: no list; mutate: s/router.POST/router.GET/
func (s *Server) closed(c *gin.Context) {
	var orders []Order
	s.db.Find(&orders)
	c.JSON(http.StatusOK, orders)
}

func main() {
	server := &Server{}
	router := gin.Default()
	router.GET("/orders", server.orders)
	router.GET("/page", server.page)
	router.GET("/capped", server.capped)
	router.GET("/total", server.total)
	router.POST("/closed", server.closed)
	router.Run()
}
