package main

import (
	"net/http"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

type User struct {
	gorm.Model
}

type Shop struct {
	gorm.Model
}

type Order struct {
	gorm.Model
	UserID uint // finding: DB-IDX-001 confidence: medium
	ShopID uint `gorm:"index"` // ok: has an index; mutate: s/`gorm:"index"`//
}

func main() {
	db, _ := gorm.Open(postgres.Open("host=db dbname=shop"), &gorm.Config{})
	http.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) {
		var orders []Order
		db.Where("user_id = ?", r.FormValue("user")).Find(&orders)
		db.Where(&Order{ShopID: 3}).Find(&orders)
	})
	http.ListenAndServe(":8080", nil)
}
