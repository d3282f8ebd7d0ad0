package main

import "github.com/gin-gonic/gin"

func main() {
	router := gin.Default() // finding: NET-PERF-003 confidence: medium
	router.GET("/parts", func(c *gin.Context) { c.JSON(200, []string{}) })
	router.Run()
}
