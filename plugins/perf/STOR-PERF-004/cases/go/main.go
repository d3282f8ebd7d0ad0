package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
)

func main() {
	http.Handle("/assets/", http.FileServer(http.Dir("assets"))) // finding: STOR-PERF-004
	r := gin.Default()
	r.Static("/images", "./images") // finding: STOR-PERF-004
	e := echo.New()
	e.Static("/fonts", "fonts") // finding: STOR-PERF-004
	r.Run()
}
