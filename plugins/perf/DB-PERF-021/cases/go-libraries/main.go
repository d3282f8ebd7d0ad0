package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/jmoiron/sqlx"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

const dsn = "postgres://db/shop"

var shared = sqlx.MustConnect("postgres", dsn) // ok: made with the package

func orders(c *gin.Context) {
	db, err := gorm.Open(postgres.Open(dsn), &gorm.Config{}) // finding: DB-PERF-021
	if err != nil {
		c.Status(http.StatusBadGateway)
		return
	}
	var count int64
	db.Table("orders").Count(&count)
	c.JSON(http.StatusOK, count)
}

func stock(c *gin.Context) {
	db := sqlx.MustConnect("postgres", dsn) // finding: DB-PERF-021
	var count int
	db.Get(&count, "SELECT count(*) FROM stock")
	c.JSON(http.StatusOK, count)
}

func prices(c *gin.Context) {
	var count int
	shared.Get(&count, "SELECT count(*) FROM prices")
	c.JSON(http.StatusOK, count)
}

func main() {
	router := gin.Default()
	router.GET("/orders", orders)
	router.GET("/stock", stock)
	router.GET("/prices", prices)
	router.Run()
}
