package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-pg/pg/v10"
	"github.com/uptrace/bun"
)

type Order struct {
	ID    int64
	Owner int64
	State string
}

var store *bun.DB
var old *pg.DB

// finding: API-001 confidence: medium
func bunOrders(c *gin.Context) {
	var orders []Order
	if err := store.NewSelect().Model(&orders).Order("id ASC").Scan(c); err != nil {
		return
	}
	c.JSON(http.StatusOK, orders)
}

// ok: fifty of them; mutate: s/.Limit(50)//
func bunPage(c *gin.Context) {
	var orders []Order
	if err := store.NewSelect().Model(&orders).Order("id ASC").Limit(50).Scan(c); err != nil {
		return
	}
	c.JSON(http.StatusOK, orders)
}

// ok: one of them; mutate: s/var order Order/var order []Order/
func bunOne(c *gin.Context) {
	var order Order
	if err := store.NewSelect().Model(&order).OrderExpr("id DESC").Scan(c); err != nil {
		return
	}
	c.JSON(http.StatusOK, order)
}

// finding: API-001 confidence: medium
func bunInto(c *gin.Context) {
	var orders []Order
	if err := store.NewSelect().Model((*Order)(nil)).Order("id ASC").Scan(c, &orders); err != nil {
		return
	}
	c.JSON(http.StatusOK, orders)
}

// finding: API-001 confidence: medium
func pgOrders(c *gin.Context) {
	var orders []Order
	if err := old.Model(&orders).Order("id ASC").Select(); err != nil {
		return
	}
	c.JSON(http.StatusOK, orders)
}

// ok: forty of them; mutate: s/.Limit(40)//
func pgPage(c *gin.Context) {
	var orders []Order
	if err := old.Model(&orders).Order("id ASC").Limit(40).Select(); err != nil {
		return
	}
	c.JSON(http.StatusOK, orders)
}

func main() {
	r := gin.Default()
	r.GET("/bun", bunOrders)
	r.GET("/bun/page", bunPage)
	r.GET("/bun/one", bunOne)
	r.GET("/bun/into", bunInto)
	r.GET("/pg", pgOrders)
	r.GET("/pg/page", pgPage)
	r.GET("/sqlc", listed)
	gormRoutes(r)
	r.Run()
}
