package main

import (
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

func main() {
	e := echo.New() // finding: NET-PERF-003 confidence: medium
	e.Use(middleware.Recover())
	e.GET("/orders", func(c echo.Context) error { return c.JSON(200, []string{"a"}) })
	e.Logger.Fatal(e.Start(":8080"))
}
