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

// The column is called `id`: GORM takes it for the key.
type Parcel struct {
	Id    int    // ok: the key; mutate: s/Id    int/TrackingId int/ s/"id = ?"/"tracking_id = ?"/
	Label string `gorm:"index"`
}

func main() {
	db, _ := gorm.Open(postgres.Open("host=db dbname=shop"), &gorm.Config{})
	http.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) {
		var orders []Order
		db.Where("user_id = ?", r.FormValue("user")).Find(&orders)
		db.Where(&Order{ShopID: 3}).Find(&orders)
	})
	http.HandleFunc("/parcel", func(w http.ResponseWriter, r *http.Request) {
		var parcel Parcel
		db.Where("id = ?", r.FormValue("id")).First(&parcel)
	})
	http.ListenAndServe(":8080", nil)
}
