package main

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"gorm.io/gorm"
)

type Order struct {
	ID    uint
	Total int
}

type Server struct {
	db     *gorm.DB
	orders *mongo.Collection
}

func (s *Server) total(c *gin.Context) {
	var orders []Order
	s.db.Order("id").Find(&orders) // finding: DB-PERF-011
	c.JSON(http.StatusOK, len(orders))
}

func (s *Server) some(c *gin.Context) {
	var orders []Order
	s.db.Order("id").Limit(50).Find(&orders) // ok: bounded; mutate: s/Limit(50).//
	c.JSON(http.StatusOK, len(orders))
}

func (s *Server) own(c *gin.Context) {
	var orders []Order
	customer := c.Param("customer")
	s.db.Where("customer = ?", customer).Find(&orders) // ok: one customer's; mutate: s/Where("customer = ?", customer).//
	c.JSON(http.StatusOK, gin.H{"first": orders[0], "size": len(orders)})
}

func (s *Server) one(c *gin.Context) {
	var orders []Order
	id := c.Param("id")
	s.db.Find(&orders, id) // ok: by key; mutate: s/, id)/)/
	c.JSON(http.StatusOK, len(orders))
}

func (s *Server) documents(c *gin.Context) {
	ctx := context.Background()
	cursor, err := s.orders.Find(ctx, bson.M{}) // finding: DB-PERF-011
	if err != nil {
		return
	}
	var found []Order
	if err := cursor.All(ctx, &found); err != nil {
		return
	}
	c.JSON(http.StatusOK, len(found))
}

func (s *Server) walk(c *gin.Context) {
	ctx := context.Background()
	cursor, err := s.orders.Find(ctx, bson.M{}) // ok: one after the other
	if err != nil {
		return
	}
	count := 0
	for cursor.Next(ctx) {
		count++
	}
	c.JSON(http.StatusOK, count)
}

func main() {
	server := &Server{}
	router := gin.Default()
	router.GET("/total", server.total)
	router.GET("/some", server.some)
	router.GET("/own", server.own)
	router.GET("/one", server.one)
	router.GET("/documents", server.documents)
	router.GET("/walk", server.walk)
	router.Run()
}
