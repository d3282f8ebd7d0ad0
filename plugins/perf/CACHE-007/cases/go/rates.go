package main

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/redis/go-redis/v9"
	"gorm.io/gorm"
)

type Rate struct {
	Code  string
	Value string
}

func rate(rdb *redis.ClusterClient, orm *gorm.DB) gin.HandlerFunc {
	return func(c *gin.Context) {
		key := "rate:" + c.Param("code")
		if cached, err := rdb.Get(c, key).Result(); err == nil {
			c.String(http.StatusOK, cached)
			return
		}
		var value string
		orm.Raw("SELECT value FROM rates WHERE code = ?", c.Param("code")).Scan(&value)
		rdb.Set(c, key, value, 30*time.Minute) // finding: CACHE-007 confidence: medium
		c.String(http.StatusOK, value)
	}
}

func fix(c *gin.Context) {
	db.Exec("UPDATE rates SET value = $1 WHERE code = $2", c.Query("value"), c.Param("code"))
}

func routes(router *gin.Engine, rdb *redis.ClusterClient, orm *gorm.DB) {
	router.GET("/rates/:code", rate(rdb, orm))
	router.PUT("/rates/:code", fix)
}
