package main

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"shop/model"
)

// What asks the database lies in a folder of its own: shown is the endpoint.
// finding: API-001 confidence: medium
func search(c *gin.Context) {
	orders, err := model.SearchOrders(c.Query("word"))
	if err != nil {
		c.JSON(http.StatusOK, gin.H{"message": err.Error()})
		return
	}
	c.JSON(http.StatusOK, gin.H{"data": orders})
}

// Only suspected: what one owner has.
// finding: API-001 confidence: low
func own(c *gin.Context) {
	orders, err := model.SearchOwn(c.GetInt("user"), c.Query("word"))
	if err != nil {
		c.JSON(http.StatusOK, gin.H{"message": err.Error()})
		return
	}
	c.JSON(http.StatusOK, gin.H{"data": orders})
}

func main() {
	router := gin.Default()
	router.GET("/search", search)
	router.GET("/own", own)
	router.Run()
}
