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

func orders(c *gin.Context) { // finding: API-004 confidence: low
	page, _ := strconv.Atoi(c.Query("page"))
	var found []Order
	db.Model(&Order{}).Order("id").Offset((page - 1) * 20).Limit(20).Find(&found)
	c.JSON(http.StatusOK, found)
}

func filtered(c *gin.Context) { // ok: takes a state; mutate: s/Where("state = ?", c.Query("state")).//
	page, _ := strconv.Atoi(c.Query("page"))
	var found []Order
	db.Model(&Order{}).Where("state = ?", c.Query("state")).Offset((page - 1) * 20).Limit(20).Find(&found)
	c.JSON(http.StatusOK, found)
}

func echoed(c echo.Context) error { // finding: API-004 confidence: low
	page, _ := strconv.Atoi(c.QueryParam("page"))
	var found []Order
	db.Model(&Order{}).Offset((page - 1) * 20).Limit(20).Find(&found)
	return c.JSON(http.StatusOK, found)
}

func main() {
	router := gin.Default()
	router.GET("/orders", orders)
	router.GET("/orders/filtered", filtered)
	server := echo.New()
	server.GET("/orders", echoed)
	router.Run()
}
