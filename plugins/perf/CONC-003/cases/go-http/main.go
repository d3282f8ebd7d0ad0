package main

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/go-resty/resty/v2"
)

func dashboard(c *gin.Context) {
	rates, err := http.Get("https://rates.example/today")
	if err != nil {
		c.Status(502)
		return
	}
	weather, err := http.Get("https://weather.example/" + c.Param("city")) // finding: CONC-003
	if err != nil {
		c.Status(502)
		return
	}
	c.JSON(200, gin.H{"rates": rates.Status, "weather": weather.Status})
}

func sent(c *gin.Context) {
	paid, err := http.Post("https://pay.example/charge", "application/json", strings.NewReader("{}"))
	if err != nil {
		c.Status(502)
		return
	}
	receipt, err := http.Get(paid.Header.Get("Location")) // ok: needs what came before
	if err != nil {
		c.Status(502)
		return
	}
	c.JSON(200, receipt.Status)
}

func main() {
	client := resty.New()
	router := gin.Default()
	router.GET("/dashboard/:city", dashboard)
	router.POST("/pay", sent)
	router.GET("/prices", func(c *gin.Context) {
		for _, product := range c.QueryArray("product") {
			price, err := client.R().Get("https://prices.example/" + product) // finding: CONC-003
			if err != nil {
				c.Status(502)
				return
			}
			c.Writer.WriteString(price.String())
		}
	})
	router.GET("/cover", func(c *gin.Context) {
		for _, address := range c.QueryArray("address") {
			cover, err := client.R().Get("https://covers.example/" + address) // ok: the first that works is taken; mutate: s/== nil/!= nil/
			if err == nil {
				c.Writer.WriteString(cover.String())
				break
			}
		}
	})
	http.ListenAndServe(":8080", router)
}
