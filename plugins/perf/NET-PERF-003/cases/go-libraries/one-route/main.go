package main

import (
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

func main() {
	e := echo.New() // finding: NET-PERF-003 confidence: medium
	e.GET("/orders", list)
	e.GET("/orders/export", middleware.GzipWithConfig(middleware.GzipConfig{Level: 9})(list))
	e.GET("/orders/dump", list, middleware.Gzip())
	e.Logger.Fatal(e.Start(":8080"))
}

func list(c echo.Context) error { return c.JSON(200, []string{"a"}) }
