package main

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

type Order struct {
	ID    uint
	Total int
}

type server struct {
	db *gorm.DB
}

// finding: API-001 confidence: medium
func (s *server) orders(c *gin.Context) {
	page, _ := strconv.Atoi(c.Query("page"))
	pageSize, _ := strconv.Atoi(c.Query("page_size"))
	var orders []Order
	if err := s.db.Order("id").Find(&orders).Error; err != nil {
		c.Status(http.StatusInternalServerError)
		return
	}
	start := (page - 1) * pageSize
	end := start + pageSize
	if end > len(orders) {
		end = len(orders)
	}
	c.JSON(http.StatusOK, gin.H{"orders": orders[start:end], "total": len(orders)})
}

// ok: the database cuts the page; mutate: s/.Limit(pageSize)//
func (s *server) bounded(c *gin.Context) {
	page, _ := strconv.Atoi(c.Query("page"))
	pageSize, _ := strconv.Atoi(c.Query("page_size"))
	var orders []Order
	s.db.Order("id").Limit(pageSize).Offset(page * pageSize).Find(&orders)
	c.JSON(http.StatusOK, gin.H{"orders": orders})
}

// finding: API-001 confidence: medium
func (s *server) shown(c *gin.Context) {
	limit, _ := strconv.Atoi(c.Query("limit"))
	offset, _ := strconv.Atoi(c.Query("offset"))
	var orders []Order
	s.db.Order("id").Find(&orders)
	shown := orders[offset:min(offset+limit, len(orders))]
	c.JSON(http.StatusOK, shown)
}

func main() {
	var db *gorm.DB
	s := &server{db: db}
	r := gin.Default()
	r.GET("/orders", s.orders)
	r.GET("/bounded", s.bounded)
	r.GET("/shown", s.shown)
	r.Run()
}
