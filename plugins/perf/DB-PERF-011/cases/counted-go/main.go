package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

type Order struct {
	ID   uint
	Shop uint
}

type Server struct {
	db *gorm.DB
}

func (s *Server) size(c *gin.Context) {
	var orders []Order
	s.db.Where("shop = ?", c.Param("shop")).Find(&orders) // finding: DB-PERF-011 confidence: medium
	c.JSON(http.StatusOK, gin.H{"size": len(orders)})
}

func (s *Server) list(c *gin.Context) {
	var orders []Order
	s.db.Where("shop = ?", c.Param("shop")).Find(&orders) // ok: what one shop has; mutate: s/"orders": orders/"orders": nil/
	c.JSON(http.StatusOK, gin.H{"size": len(orders), "orders": orders})
}

func main() {
	server := &Server{}
	router := gin.Default()
	router.GET("/shops/:shop/size", server.size)
	router.GET("/shops/:shop/orders", server.list)
	router.Run()
}
