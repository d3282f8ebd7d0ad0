package main

import (
	"embed"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"github.com/lpar/gzipped/v2"
)

//go:embed web
var web embed.FS

func main() {
	http.Handle("/assets/", http.FileServer(http.Dir("assets"))) // finding: STOR-PERF-004
	r := gin.Default()
	r.Static("/images", "./images") // finding: STOR-PERF-004
	e := echo.New()
	e.Static("/fonts", "fonts") // finding: STOR-PERF-004
	e.StaticFS("/web", web)     // finding: STOR-PERF-004
	http.Handle("/packed/", gzipped.FileServer(http.Dir("packed"))) // finding: STOR-PERF-004
	r.Run()
}
