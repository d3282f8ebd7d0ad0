package main

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

var client = &http.Client{Timeout: time.Second}
var other = http.Client{Timeout: time.Second}

func stock(c *gin.Context) {
	client.Get("https://stock/") // finding: SVC-004
	c.Status(204)
}

func prices(c *gin.Context) {
	other.Get("https://prices/") // finding: SVC-004
	c.Status(204)
}

func head(c *gin.Context) {
	client.Head("https://stock/") // finding: SVC-004
	c.Status(204)
}

func orders(c *gin.Context) {
	client.Post("https://orders/", "application/json", nil) // ok: a write; mutate: s/client.Post("https:\/\/orders\/", "application\/json", nil)/client.Get("https:\/\/orders")/
	c.Status(204)
}

func main() {
	router := gin.Default()
	router.GET("/stock", stock)
	router.GET("/prices", prices)
	router.GET("/head", head)
	router.POST("/orders", orders)
	router.Run()
}
