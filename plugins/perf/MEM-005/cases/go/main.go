package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
)

var seen = []string{}
var hits []string
var paths = []string{}
var recent = []string{}

func add(c *gin.Context) {
	seen = append(seen, c.PostForm("id")) // finding: MEM-005
	recent = append(recent, c.PostForm("id")) // ok: bounded; mutate: s/if len(recent) > 100/if c == nil/ s/recent = recent[1:]/print()/
	if len(recent) > 100 {
		recent = recent[1:]
	}
	c.Status(201)
}

func visit(c echo.Context) error {
	paths = append(paths, c.Param("id")) // finding: MEM-005
	return nil
}

func plain(w http.ResponseWriter, r *http.Request) {
	hits = append(hits, r.URL.Path) // finding: MEM-005
}

func main() {
	router := gin.Default()
	router.POST("/orders", add)
	e := echo.New()
	e.GET("/visit", visit)
	http.HandleFunc("/plain", plain)
	router.Run()
}
