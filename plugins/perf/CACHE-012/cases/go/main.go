package main

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"github.com/redis/go-redis/v9"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

var client = redis.NewClient(&redis.Options{Addr: "cache:6379"})
var db, _ = gorm.Open(postgres.Open("shop"), &gorm.Config{})

func product(c *gin.Context) {
	var found Product
	db.First(&found, c.Param("id")) // finding: CACHE-012
	c.JSON(http.StatusOK, found)
}

func order(c *gin.Context) {
	var found Order
	db.Take(&found, "id = ?", c.Param("id")) // finding: CACHE-012
	c.JSON(http.StatusOK, found)
}

func user(c echo.Context) error {
	var found User
	db.First(&found, c.Param("id")) // finding: CACHE-012
	return c.JSON(http.StatusOK, found)
}

func rate(c *gin.Context) {
	if cached, err := client.Get(c, "rate:"+c.Param("id")).Result(); err == nil {
		c.String(http.StatusOK, cached)
		return
	}
	var found Rate
	db.First(&found, c.Param("id")) // ok: asks the cache first
	client.Set(c, "rate:"+c.Param("id"), found.Value, time.Minute)
	c.JSON(http.StatusOK, found)
}

func main() {
	router := gin.Default()
	router.GET("/products/:id", product)
	router.GET("/orders/:id", order)
	router.GET("/rates/:id", rate)
	e := echo.New()
	e.GET("/users/:id", user)
	router.Run()
}
