package main

import "github.com/gofiber/fiber/v2"

func main() {
	app := fiber.New() // finding: NET-PERF-003 confidence: medium
	app.Get("/stock", func(c *fiber.Ctx) error { return c.JSON([]string{"a"}) })
	_ = app.Listen(":8080")
}
