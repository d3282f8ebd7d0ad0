package main

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

var db, _ = gorm.Open(postgres.Open("host=db"), &gorm.Config{})

type Order struct {
	ID uint
}

func orders(c *gin.Context) { // finding: API-003 confidence: medium
	page, _ := strconv.Atoi(c.Query("page"))
	size, _ := strconv.Atoi(c.DefaultQuery("size", "20"))
	var found []Order
	db.Order("id").Offset((page - 1) * size).Limit(size).Find(&found)
	c.JSON(http.StatusOK, found)
}

func told(c *gin.Context) { // ok: an object with the total; mutate: s/gin.H{"orders": found, "total": size}/found/
	page, _ := strconv.Atoi(c.Query("page"))
	size, _ := strconv.Atoi(c.DefaultQuery("size", "20"))
	var found []Order
	db.Order("id").Offset((page - 1) * size).Limit(size).Find(&found)
	c.JSON(http.StatusOK, gin.H{"orders": found, "total": size})
}

func echoed(c echo.Context) error { // finding: API-003 confidence: medium
	offset, _ := strconv.Atoi(c.QueryParam("offset"))
	limit, _ := strconv.Atoi(c.QueryParam("limit"))
	found := []Order{}
	db.Order("id").Offset(offset).Limit(limit).Find(&found)
	return c.JSON(http.StatusOK, found)
}

func main() {
	router := gin.Default()
	router.GET("/orders", orders)
	router.GET("/orders/told", told)
	server := echo.New()
	server.GET("/orders", echoed)
	router.Run()
}
