package main

import (
	"encoding/json"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
)

type Order struct {
	ID uint
}

func load() []Order { return nil }

func orders(c *gin.Context) {
	c.IndentedJSON(http.StatusOK, load()) // finding: JSON-001 confidence: high
}

func plain(c *gin.Context) {
	c.JSON(http.StatusOK, load()) // ok: not indented; mutate: s/c.JSON(/c.IndentedJSON(/
}

func debugOrders(c *gin.Context) {
	c.IndentedJSON(http.StatusOK, load()) // ok: for people; mutate: s/func debugOrders/func listed/ s/debugOrders)/listed)/
}

func pretty(c echo.Context) error {
	return c.JSONPretty(http.StatusOK, load(), "  ") // finding: JSON-001 confidence: high
}

func written(c *gin.Context) {
	encoder := json.NewEncoder(c.Writer)
	encoder.SetIndent("", "  ") // finding: JSON-001 confidence: medium
	encoder.Encode(load())
}

func answered(c echo.Context) error {
	encoder := json.NewEncoder(c.Response())
	encoder.SetIndent("", "  ") // finding: JSON-001 confidence: medium
	return encoder.Encode(load())
}

func main() {
	router := gin.Default()
	router.GET("/orders", orders)
	router.GET("/orders/plain", plain)
	router.GET("/debug/orders", debugOrders)
	server := echo.New()
	router.GET("/orders/written", written)
	server.GET("/orders", pretty)
	server.GET("/orders/answered", answered)
	router.Run()
}
