package main

import (
	"example.com/shop/web"
	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

type Order struct {
	ID uint
}

var db *gorm.DB

// finding: API-001 confidence: medium
func listOrders(c *gin.Context) {
	var orders []Order
	if err := db.Find(&orders).Error; err != nil {
		return
	}
	web.Succeed(c, orders)
}

// ok: nobody is sent them; mutate: s/Note(c, orders)/Succeed(c, orders)/
func noteOrders(c *gin.Context) {
	var orders []Order
	if err := db.Find(&orders).Error; err != nil {
		return
	}
	web.Note(c, orders)
}

func main() {
	r := gin.Default()
	r.GET("/orders", listOrders)
	r.GET("/noted", noteOrders)
	r.Run()
}
