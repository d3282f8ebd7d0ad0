package main

import (
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

func export(c echo.Context) error { return c.JSON(200, []string{"a"}) }

func main() {
	e := echo.New() // finding: NET-PERF-003 confidence: medium
	e.GET("/export", middleware.Gzip()(export))
	e.GET("/orders", export)
	e.Logger.Fatal(e.Start(":8080"))
}
