package main

import (
	"encoding/json"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
)

var countries = []string{"AT", "BE", "CH", "DE", "FR"}

func list(c *gin.Context) {
	c.JSON(http.StatusOK, countries) // finding: CACHE-013 confidence: medium
}

func show(c echo.Context) error {
	return c.JSON(http.StatusOK, countries) // finding: CACHE-013
}

func write(w http.ResponseWriter, r *http.Request) {
	json.NewEncoder(w).Encode(countries) // finding: CACHE-013
}

func main() {
	router := gin.Default()
	router.GET("/countries", list)
	e := echo.New()
	e.GET("/shown", show)
	http.HandleFunc("GET /written", write)
	http.ListenAndServe(":80", nil)
}
