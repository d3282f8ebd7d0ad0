package main

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

var db, _ = gorm.Open(postgres.Open("host=db"), &gorm.Config{})

type Order struct {
	ID    uint
	Total int
}

func orders(c *gin.Context) {
	limit, _ := strconv.Atoi(c.DefaultQuery("limit", "20")) // finding: API-002
	var found []Order
	db.Limit(limit).Find(&found)
	c.JSON(http.StatusOK, found)
}

func some(c *gin.Context) {
	limit, _ := strconv.Atoi(c.Query("limit")) // ok: cut off; mutate: s/limit > 100/limit < 0/
	if limit > 100 {
		limit = 100
	}
	var found []Order
	db.Limit(limit).Find(&found)
	c.JSON(http.StatusOK, found)
}

func pages(c echo.Context) error {
	size, _ := strconv.Atoi(c.QueryParam("page_size")) // finding: API-002
	var found []Order
	db.Limit(size).Find(&found)
	return c.JSON(http.StatusOK, found)
}

func plain(w http.ResponseWriter, r *http.Request) {
	limit, err := strconv.Atoi(r.URL.Query().Get("limit")) // finding: API-002
	if err != nil {
		return
	}
	var found []Order
	db.Order("id").Limit(limit).Find(&found)
}

func main() {
	router := gin.Default()
	router.GET("/orders", orders)
	router.GET("/orders/some", some)
	server := echo.New()
	server.GET("/pages", pages)
	http.HandleFunc("/plain", plain)
	router.Run()
}
