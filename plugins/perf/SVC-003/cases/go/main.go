package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
)

func login(w http.ResponseWriter, r *http.Request) {
	http.Error(w, "slow down", http.StatusTooManyRequests) // finding: SVC-003
}

func orders(c *gin.Context) {
	c.AbortWithStatusJSON(429, gin.H{"error": "slow down"}) // finding: SVC-003
}

func carts(c echo.Context) error {
	return echo.NewHTTPError(http.StatusTooManyRequests) // finding: SVC-003
}

func teapot(w http.ResponseWriter, r *http.Request) {
	http.Error(w, "a teapot", http.StatusTeapot) // ok: another status; mutate: s/StatusTeapot/StatusTooManyRequests/
}
