package main

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

var db, _ = gorm.Open(postgres.Open("host=db"), &gorm.Config{})

type Order struct {
	ID    uint
	Owner uint
}

func orders(c *gin.Context) {
	page, _ := strconv.Atoi(c.Query("page"))
	var total int64
	db.Model(&Order{}).Count(&total) // finding: API-007 confidence: medium
	var found []Order
	db.Model(&Order{}).Order("id").Offset((page - 1) * 20).Limit(20).Find(&found)
	c.JSON(http.StatusOK, gin.H{"total": total, "orders": found})
}

func mine(c *gin.Context) {
	page, _ := strconv.Atoi(c.Query("page"))
	var total int64
	query := db.Model(&Order{}).Where("owner = ?", c.GetInt("user"))
	query.Count(&total) // finding: API-007 confidence: low
	var found []Order
	query.Offset((page - 1) * 20).Limit(20).Find(&found)
	c.JSON(http.StatusOK, gin.H{"total": total, "orders": found})
}

func count(c *gin.Context) {
	var total int64
	db.Model(&Order{}).Count(&total) // ok: no page beside it
	c.JSON(http.StatusOK, total)
}

func main() {
	router := gin.Default()
	router.GET("/orders", orders)
	router.GET("/orders/mine", mine)
	router.GET("/orders/count", count)
	router.Run()
}
