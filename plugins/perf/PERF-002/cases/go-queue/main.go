package main

import (
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

func main() {
	db, err := gorm.Open(postgres.Open("postgres://shop"), &gorm.Config{}) // ok: serves no requests; mutate: s/"gorm.io\/driver\/postgres"/"gorm.io\/driver\/postgres"; "net\/http"/
	if err != nil {
		panic(err)
	}
	db.Exec("SELECT 1")
}
