package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

type Customer struct {
	ID     int
	Status string
	ShopID int
}

var db *gorm.DB

// finding: API-001 confidence: medium
func byStatus(c *gin.Context) {
	var customers []Customer
	db.Where("status = ? AND deleted = false", c.Param("status")).Find(&customers)
	c.JSON(http.StatusOK, customers)
}

// finding: API-001 confidence: low
func byShop(c *gin.Context) {
	var customers []Customer
	db.Where("shop_id = ?", c.Param("shop")).Find(&customers)
	c.JSON(http.StatusOK, customers)
}

func main() {
	router := gin.Default()
	router.GET("/status/:status", byStatus)
	router.GET("/shops/:shop", byShop)
	router.Run()
}
