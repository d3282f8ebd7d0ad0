package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/bradfitz/gomemcache/memcache"
	"github.com/gin-gonic/gin"
	gocache "github.com/patrickmn/go-cache"
	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/singleflight"
	"gorm.io/gorm"
)

var client = redis.NewClient(&redis.Options{Addr: "cache:6379"})
var local = gocache.New(5*time.Minute, 10*time.Minute)
var mc = memcache.New("cache:11211")
var flights singleflight.Group
var db *gorm.DB

func invoices(c *gin.Context) {
	key := fmt.Sprintf("invoices:%s", c.Query("page"))
	if cached, err := client.Get(c, key).Result(); err == nil {
		c.String(http.StatusOK, cached)
		return
	}
	tenantID := c.GetString("tenant_id")
	var rows []Invoice
	db.Where("tenant_id = ?", tenantID).Find(&rows)
	data, _ := json.Marshal(rows)
	client.Set(c, key, data, time.Minute) // finding: CACHE-010 confidence: medium
	c.String(http.StatusOK, string(data))
}

func shared(c *gin.Context) {
	tenantID := c.GetString("tenant_id")
	// finding: CACHE-010 confidence: medium
	rows, _, _ := flights.Do("invoices", func() (any, error) {
		var rows []Invoice
		db.Where("tenant_id = ?", tenantID).Find(&rows)
		return rows, nil
	})
	c.JSON(http.StatusOK, rows)
}

func totals(orgID string) int64 {
	cache := local
	if found, ok := cache.Get("totals"); ok {
		return found.(int64)
	}
	total := countOf(orgID)
	cache.Set("totals", total, gocache.DefaultExpiration) // finding: CACHE-010 confidence: medium
	return total
}

func names(rdb *redis.Client, c *gin.Context, companyID string) string {
	cached, err := rdb.Get(c, "names").Result()
	if err == nil {
		return cached
	}
	found := namesOf(companyID)
	rdb.Set(c, "names", found, time.Hour) // finding: CACHE-010 confidence: medium
	return found
}

func seats(c *gin.Context) {
	tenantID := c.GetString("tenant_id")
	key := fmt.Sprintf("seats:%s", tenantID)
	if cached, err := client.Get(c, key).Result(); err == nil {
		c.String(http.StatusOK, cached)
		return
	}
	var rows []Seat
	db.Where("tenant_id = ?", tenantID).Find(&rows)
	data, _ := json.Marshal(rows)
	client.Set(c, key, data, time.Minute) // ok: the key has the tenant; mutate: s/fmt.Sprintf("seats:%s", tenantID)/"seats"/
	c.String(http.StatusOK, string(data))
}

func main() {
	router := gin.Default()
	router.GET("/invoices", invoices)
	router.GET("/seats", seats)
	router.Run()
}
