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

func (s *Server) orders(c *gin.Context) {
	var orders []Order
	s.db.Order("id").Find(&orders) // finding: API-001
	c.JSON(http.StatusOK, orders)
}

func (s *Server) page(c *gin.Context) {
	var orders []Order
	s.db.Order("id").Limit(50).Find(&orders) // ok: bounded; mutate: s/Limit(50).//
	c.JSON(http.StatusOK, orders)
}

func (s *Server) total(c *gin.Context) {
	var orders []Order
	s.db.Find(&orders) // ok: one number leaves; mutate: s/len(orders)/orders/
	c.JSON(http.StatusOK, len(orders))
}

func (s *Server) closed(c *gin.Context) {
	var orders []Order
	s.db.Find(&orders) // ok: no list; mutate: s/router.POST/router.GET/
	c.JSON(http.StatusOK, orders)
}

func main() {
	server := &Server{}
	router := gin.Default()
	router.GET("/orders", server.orders)
	router.GET("/page", server.page)
	router.GET("/total", server.total)
	router.POST("/closed", server.closed)
	router.Run()
}
