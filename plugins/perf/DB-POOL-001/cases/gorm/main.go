package main

import (
	"net/http"
	"os"

	"gorm.io/driver/mysql"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

func open() (*gorm.DB, error) {
	if os.Getenv("DATABASE") == "sqlite" {
		return gorm.Open(sqlite.Open("shop.db"), &gorm.Config{}) // ok: a file; mutate: s/sqlite.Open("shop.db")/mysql.Open("shop")/
	}
	return gorm.Open(mysql.Open(os.Getenv("DSN")), &gorm.Config{}) // finding: DB-POOL-001 confidence: high
}

func main() {
	open()
	http.ListenAndServe(":8080", nil)
}
