package main

import (
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

func main() {
	e := echo.New() // ok: the middleware is used; mutate: s/middleware.Gzip()/middleware.Logger()/
	e.Use(middleware.Gzip())
	e.GET("/orders", func(c echo.Context) error { return c.JSON(200, []string{"a"}) })
	e.Logger.Fatal(e.Start(":8080"))
}
