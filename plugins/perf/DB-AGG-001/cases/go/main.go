package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/jmoiron/sqlx"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

var db, _ = gorm.Open(postgres.Open("host=db"), &gorm.Config{})
var reports = sqlx.MustConnect("postgres", "host=db")

type Order struct {
	ID    uint
	State string
}

func open(c *gin.Context) {
	var orders []Order
	db.Where("state = ?", "open").Find(&orders) // finding: DB-AGG-001
	c.JSON(http.StatusOK, gin.H{"count": len(orders)})
}

func closed(c *gin.Context) {
	var orders []Order
	reports.Select(&orders, "SELECT id, state FROM orders WHERE state = 'closed'") // finding: DB-AGG-001
	c.JSON(http.StatusOK, len(orders))
}

func late(c *gin.Context) {
	var orders []Order
	db.Where("state = ?", "late").Find(&orders) // finding: DB-AGG-001
	c.JSON(http.StatusOK, len(orders))
}

func shown(c *gin.Context) {
	var orders []Order
	db.Where("state = ?", "sent").Find(&orders) // ok: shown as well; mutate: s/"orders": orders, /"all": true, /
	c.JSON(http.StatusOK, gin.H{"orders": orders, "count": len(orders)})
}

func locked(c *gin.Context) {
	var orders []Order
	db.Clauses(clause.Locking{Strength: "UPDATE"}).Where("state = ?", "held").Find(&orders) // ok: locks the rows; mutate: s/.Clauses(clause.Locking{Strength: "UPDATE"})//
	c.JSON(http.StatusOK, len(orders))
}

func locking(c *gin.Context) {
	var orders []Order
	reports.Select(&orders, "SELECT id, state FROM orders WHERE state = 'kept' FOR UPDATE") // ok: locks the rows; mutate: s/ FOR UPDATE//
	c.JSON(http.StatusOK, len(orders))
}

func main() {
	router := gin.Default()
	router.GET("/open", open)
	router.GET("/closed", closed)
	router.GET("/shown", shown)
	router.GET("/late", late)
	router.GET("/locked", locked)
	router.GET("/locking", locking)
	router.Run()
}
