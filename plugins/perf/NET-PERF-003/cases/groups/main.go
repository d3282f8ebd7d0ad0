package main

import (
	"shop/ui"

	"github.com/gin-gonic/gin"
)

func main() {
	r := gin.New() // finding: NET-PERF-003 confidence: medium
	r.GET("/orders", func(c *gin.Context) { c.JSON(200, []string{}) })
	ui.Register(r)
	r.Run()
}
