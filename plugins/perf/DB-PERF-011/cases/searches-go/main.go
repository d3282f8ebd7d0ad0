package main

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"shop/model"
)

func search(c *gin.Context) {
	word := c.Query("word")
	orders, _ := model.SearchOrders(word)
	own, _ := model.SearchOwn(c.GetInt("user"), word)
	shared, _ := model.SearchShared(c.GetInt("user"), word)
	some, _ := model.SearchSome(word)
	same, _ := model.Same(word)
	c.JSON(http.StatusOK, gin.H{"orders": len(orders), "own": len(own), "shared": len(shared), "some": len(some), "same": len(same), "mail": model.OwnerMail()})
}

func main() {
	router := gin.Default()
	router.GET("/search", search)
	router.Run()
}
