package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	gocache "github.com/patrickmn/go-cache"
	"github.com/redis/go-redis/v9"
)

var client = redis.NewClient(&redis.Options{Addr: "cache:6379"})
var localCache = gocache.New(5*time.Minute, 10*time.Minute)
var db *sql.DB

func order(c *gin.Context) {
	key := fmt.Sprintf("order:%s", c.Param("id"))
	if cached, err := client.Get(c, key).Result(); err == nil {
		c.String(http.StatusOK, cached)
		return
	}
	row := db.QueryRow("SELECT state FROM orders WHERE id = $1", c.Param("id"))
	data, _ := json.Marshal(row)
	client.Set(c, key, data, time.Hour) // finding: CACHE-007 confidence: medium
	c.String(http.StatusOK, string(data))
}

func change(c *gin.Context) {
	db.Exec("UPDATE orders SET state = $1 WHERE id = $2", c.Query("state"), c.Param("id"))
}

func user(c *gin.Context) {
	name := c.Param("name")
	if found, ok := localCache.Get("user:" + name); ok {
		c.JSON(http.StatusOK, found)
		return
	}
	row := db.QueryRow("SELECT mail FROM users WHERE name = $1", name)
	localCache.Set("user:"+name, row, time.Hour) // finding: CACHE-007 confidence: medium
	c.JSON(http.StatusOK, row)
}

func rename(c *gin.Context) {
	db.Exec("UPDATE users SET mail = $1 WHERE name = $2", c.Query("mail"), c.Param("name"))
}

func stock(c *gin.Context) {
	key := "stock:" + c.Param("id")
	if cached, err := client.Get(c, key).Result(); err == nil {
		c.String(http.StatusOK, cached)
		return
	}
	row := db.QueryRow("SELECT amount FROM stocks WHERE id = $1", c.Param("id"))
	data, _ := json.Marshal(row)
	client.Set(c, key, data, time.Hour) // ok: the change takes it away; mutate: s/	client.Del(c, "stock:"+c.Param("id"))\n/\n/
	c.String(http.StatusOK, string(data))
}

func sell(c *gin.Context) {
	db.Exec("UPDATE stocks SET amount = amount - 1 WHERE id = $1", c.Param("id"))
	client.Del(c, "stock:"+c.Param("id"))
}

func place(c *gin.Context) {
	key := "place:" + c.Param("id")
	if cached, err := client.Get(c, key).Result(); err == nil {
		c.String(http.StatusOK, cached)
		return
	}
	row := db.QueryRow("SELECT city FROM places WHERE id = $1", c.Param("id"))
	data, _ := json.Marshal(row)
	client.Set(c, key, data, 0) // finding: CACHE-007 confidence: medium
	c.String(http.StatusOK, string(data))
}

func move(c *gin.Context) {
	db.Exec("UPDATE places SET city = $1 WHERE id = $2", c.Query("city"), c.Param("id"))
}

func main() {
	router := gin.Default()
	router.GET("/orders/:id", order)
	router.PUT("/orders/:id", change)
	router.GET("/users/:name", user)
	router.PUT("/users/:name", rename)
	router.GET("/stocks/:id", stock)
	router.POST("/stocks/:id", sell)
	router.GET("/places/:id", place)
	router.PUT("/places/:id", move)
	router.Run()
}
