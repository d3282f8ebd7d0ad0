package main

import (
	"sync"

	"github.com/gin-gonic/gin"
)

var (
	mutex  sync.Mutex
	prices = map[string]float64{} // finding: MEM-004
)

func price(c *gin.Context) {
	mutex.Lock()
	defer mutex.Unlock()
	id := c.Param("id")
	if _, known := prices[id]; !known {
		prices[id] = ask(id)
	}
	c.JSON(200, prices[id])
}

func ask(id string) float64 { return float64(len(id)) }

func main() {
	router := gin.Default()
	router.GET("/prices/:id", price)
	router.Run()
}
