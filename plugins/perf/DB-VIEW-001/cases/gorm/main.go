package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

var db, _ = gorm.Open(postgres.Open("host=db"), &gorm.Config{})

type Sum struct {
	Depot string
	Total int
}

func turnover(c *gin.Context) {
	var sums []Sum
	db.Table("orders").Select("depots.name, sum(lines.price)").Joins("JOIN lines ON lines.order_id = orders.id").Joins("JOIN depots ON depots.id = orders.depot_id").Group("depots.name").Find(&sums) // finding: DB-VIEW-001 confidence: low
	c.JSON(http.StatusOK, sums)
}

func listed(c *gin.Context) {
	var sums []Sum
	db.Table("orders").Select("depots.name, sum(orders.total)").Joins("JOIN depots ON depots.id = orders.depot_id").Group("depots.name").Find(&sums) // ok: one join
	c.JSON(http.StatusOK, sums)
}

func main() {
	router := gin.Default()
	router.GET("/turnover", turnover)
	router.GET("/listed", listed)
	router.Run()
}
