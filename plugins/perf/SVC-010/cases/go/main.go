package main

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

const limit = 10 * time.Second

var client = &http.Client{Timeout: limit}
var quick = &http.Client{Timeout: 500 * time.Millisecond}
var open = &http.Client{}

func rates(c *gin.Context) {
	client.Get("https://rates/") // finding: SVC-010
	c.Status(204)
}

func news(c *gin.Context) {
	quick.Get("https://news/") // ok: ends in time; mutate: s/500 * time.Millisecond/5 * time.Second/
	c.Status(204)
}

func stock(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c, 20*time.Second)
	defer cancel()
	request, _ := http.NewRequestWithContext(ctx, "GET", "https://stock/", nil)
	open.Do(request) // finding: SVC-010
	c.Status(204)
}

func offers(c *gin.Context) {
	own := http.Client{Timeout: 30 * time.Second}
	own.Get("https://offers/") // finding: SVC-010
	c.Status(204)
}

func main() {
	router := gin.Default()
	router.GET("/rates", rates)
	router.GET("/news", news)
	router.GET("/stock", stock)
	router.GET("/offers", offers)
	router.Run()
}
