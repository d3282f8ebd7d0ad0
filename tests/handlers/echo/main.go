package main
import "github.com/labstack/echo/v4"
func a(c echo.Context) error { probe(); return nil }
func main() { e := echo.New(); e.GET("/a", a); g := e.Group("/v1"); g.GET("/b", func(c echo.Context) error { probe(); return nil }); e.Start(":1") }
func probe() {}
