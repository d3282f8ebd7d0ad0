package main

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/redis/go-redis/v9"
)

var client = redis.NewClient(&redis.Options{Addr: "cache:6379"})

func order(c *gin.Context) {
	key := "order:" + c.Param("id")
	cached, err := client.Get(c, key).Result()
	if err == nil {
		c.String(http.StatusOK, cached)
		return
	}
	client.Set(c, key, "found", 0) // finding: CACHE-008
	client.Set(c, key, "found", time.Minute) // ok: ends
}

func find(c *gin.Context) (string, error) {
	key := "order:" + c.Param("id")
	cached, err := client.Get(c, key).Result()
	if err == nil && cached != "" {
		return cached, nil
	}
	err = client.Set(c, key, "found", 0).Err() // finding: CACHE-008
	return "found", err
}

func stock(c *gin.Context) {
	key := "stock:" + c.Param("id")
	if cached, err := client.Get(c, key).Result(); err == nil {
		c.String(http.StatusOK, cached)
		return
	}
	client.Set(c, key, "many", 0) // finding: CACHE-008
}

func kept(c *gin.Context) (string, error) {
	key := "kept:" + c.Param("id")
	cached, err := client.Get(c, key).Result()
	if err == nil && cached != "" {
		return cached, nil
	}
	err = client.Set(c, key, "found", time.Minute).Err() // ok: ends; mutate: s/time.Minute).Err/0).Err/
	return "found", err
}

func found(c *gin.Context) {
	text, _ := find(c)
	other, _ := kept(c)
	c.String(http.StatusOK, text+other)
}

func main() {
	router := gin.Default()
	router.GET("/orders/:id", order)
	router.GET("/found/:id", found)
	router.GET("/stock/:id", stock)
	router.Run()
}
