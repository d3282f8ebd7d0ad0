package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-resty/resty/v2"
)

var shared = resty.New()

func price(c *gin.Context) {
	client := resty.New() // finding: NET-PERF-002
	answer, err := client.R().Get("https://prices/" + c.Param("id"))
	if err != nil {
		c.Status(http.StatusBadGateway)
		return
	}
	c.Data(http.StatusOK, "application/json", answer.Body())
}

func stock(c *gin.Context) {
	transport := &http.Transport{MaxIdleConns: 10} // finding: NET-PERF-002
	client := &http.Client{Transport: transport}
	answer, err := client.Get("https://stock/" + c.Param("id"))
	if err != nil {
		c.Status(http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	c.Status(answer.StatusCode)
}

func name(c *gin.Context) {
	answer, _ := shared.R().Get("https://names/" + c.Param("id")) // ok: one client for all
	c.Data(http.StatusOK, "text/plain", answer.Body())
}

func main() {
	router := gin.Default()
	router.GET("/prices/:id", price)
	router.GET("/stock/:id", stock)
	router.GET("/names/:id", name)
	router.Run()
}
