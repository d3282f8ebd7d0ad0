package main

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"github.com/redis/go-redis/v9"
)

var client = redis.NewClient(&redis.Options{Addr: "cache:6379"})

func file(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "public, max-age=3600")
	found := find(r.PathValue("id"))
	if found == nil {
		w.WriteHeader(http.StatusNotFound) // finding: CACHE-011 confidence: medium
		return
	}
	w.Write(found)
}

func image(c *gin.Context) {
	c.Header("Cache-Control", "public, max-age=3600")
	found := find(c.Param("id"))
	if found == nil {
		c.AbortWithStatus(http.StatusNotFound) // finding: CACHE-011
		return
	}
	c.Data(http.StatusOK, "image/png", found)
}

func video(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "max-age=600")
	if !allowed(c) {
		return c.NoContent(http.StatusForbidden) // finding: CACHE-011
	}
	return c.Blob(http.StatusOK, "video/mp4", find(c.Param("id")))
}

func sound(w http.ResponseWriter, r *http.Request) {
	found := find(r.PathValue("id"))
	if found == nil {
		w.WriteHeader(http.StatusNotFound) // ok: no lifetime yet
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=3600")
	w.Write(found)
}

func user(c *gin.Context) {
	key := "user:" + c.Param("name")
	if cached, err := client.Get(c, key).Result(); err == nil {
		c.String(http.StatusOK, cached)
		return
	}
	if find(c.Param("name")) == nil {
		client.Set(c, key, "NOT_FOUND", time.Hour) // finding: CACHE-011
	}
}

func main() {
	http.HandleFunc("GET /files/{id}", file)
	http.HandleFunc("GET /sounds/{id}", sound)
	router := gin.Default()
	router.GET("/images/:id", image)
	router.GET("/users/:name", user)
	e := echo.New()
	e.GET("/videos/:id", video)
	http.ListenAndServe(":80", nil)
}
