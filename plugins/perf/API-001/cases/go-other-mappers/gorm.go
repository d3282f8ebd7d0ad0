package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

var db *gorm.DB

func byPage(c *gin.Context) func(db *gorm.DB) *gorm.DB {
	return func(db *gorm.DB) *gorm.DB {
		return db.Offset(0).Limit(50)
	}
}

func open(db *gorm.DB) *gorm.DB {
	return db.Where("state = 'open'")
}

// finding: API-001 confidence: medium
func rawOrders(c *gin.Context) {
	var orders []Order
	db.Raw("SELECT * FROM orders WHERE state = 'paid'").Scan(&orders)
	c.JSON(http.StatusOK, orders)
}

// ok: the statement has a limit; mutate: s/ LIMIT 50//
func rawPage(c *gin.Context) {
	var orders []Order
	db.Raw("SELECT * FROM orders ORDER BY id LIMIT 50").Scan(&orders)
	c.JSON(http.StatusOK, orders)
}

// ok: a row; mutate: s/var order Order/var order []Order/
func rawOne(c *gin.Context) {
	var order Order
	db.Raw("SELECT * FROM orders ORDER BY id").Scan(&order)
	c.JSON(http.StatusOK, order)
}

// ok: a scope that limits; mutate: s/byPage(c)/open/
func scoped(c *gin.Context) {
	var orders []Order
	db.Scopes(byPage(c)).Find(&orders)
	c.JSON(http.StatusOK, orders)
}

func gormRoutes(r *gin.Engine) {
	r.GET("/raw", rawOrders)
	r.GET("/raw/page", rawPage)
	r.GET("/raw/one", rawOne)
	r.GET("/scoped", scoped)
}
