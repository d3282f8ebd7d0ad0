package main

import (
	"net/http"

	"example.com/store/shop"
	"github.com/gin-gonic/gin"
)

func list(c *gin.Context) {
	owner, page := c.Param("owner"), c.Query("page")
	if page == "" {
		orders, _ := shop.OrdersOf(owner)
		c.JSON(http.StatusOK, orders)
		return
	}
	orders, _ := shop.OrderPage(owner, 20)
	c.JSON(http.StatusOK, orders)
}

func some(c *gin.Context) {
	orders, _ := shop.Named([]int64{1, 2})
	c.JSON(http.StatusOK, len(orders))
}

func main() {
	r := gin.Default()
	r.GET("/orders/:owner", list)
	r.GET("/some", some)
	r.Run()
}
