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
	var found []Order
	db.Model(&Order{}).Order("id").Offset((page - 1) * 20).Limit(20).Find(&found) // finding: API-006 confidence: medium
	c.JSON(http.StatusOK, found)
}

func mine(c *gin.Context) {
	page, _ := strconv.Atoi(c.Query("page"))
	var found []Order
	db.Model(&Order{}).Where("owner = ?", c.GetInt("user")).Offset((page - 1) * 20).Limit(20).Find(&found) // finding: API-006 confidence: low
	c.JSON(http.StatusOK, found)
}

func counted(c *gin.Context) {
	offset, _ := strconv.Atoi(c.Query("offset"))
	base := db.WithContext(c).Model(&Order{}).Where("owner = ?", c.GetInt("user"))
	if c.Query("state") != "" {
		base = base.Where("state = ?", c.Query("state"))
	}
	var total int64
	if err := base.Count(&total).Error; err != nil {
		return
	}
	var found []Order
	err := base.Order("id").Limit(20).Offset(offset).Find(&found).Error // finding: API-006 confidence: low
	c.JSON(http.StatusOK, gin.H{"orders": found, "total": total, "error": err})
}

func main() {
	router := gin.Default()
	router.GET("/orders", orders)
	router.GET("/orders/mine", mine)
	router.GET("/orders/counted", counted)
	router.Run()
}
