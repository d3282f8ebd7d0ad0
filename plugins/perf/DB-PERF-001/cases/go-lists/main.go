package main

import (
	"crypto/rand"
	"net/http"
	"time"

	"gorm.io/gorm"
)

var db *gorm.DB

type Merchant struct {
	ID   int
	Name string
}

type Voucher struct {
	ID   int
	Code string
}

func (voucher *Voucher) Insert() error {
	return db.Create(voucher).Error
}

func save(merchants []Merchant) {
	for _, merchant := range merchants {
		db.Save(&merchant) // finding: DB-PERF-001 confidence: high
	}
}

func saveAll(channels []Merchant) {
	for _, channel := range channels {
		db.Save(&channel) // finding: DB-PERF-001 confidence: high
	}
}

func take(changes chan Merchant) {
	for change := range changes {
		db.Save(&change) // ok: a channel brings them; mutate: s/change := range changes/_, change := range changes/ s/changes chan Merchant/changes []Merchant/
	}
}

func issue(count int) error {
	for number := 0; number < count; number++ {
		voucher := Voucher{Code: rand.Text()}
		if err := voucher.Insert(); err != nil { // finding: DB-PERF-001
			return err
		}
	}
	return nil
}

func refresh(merchants []Merchant) {
	for _, merchant := range merchants {
		db.Save(&merchant) // finding: DB-PERF-001 confidence: low
		time.Sleep(time.Second)
	}
}

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		var all []Merchant
		save(all)
		saveAll(all)
		refresh(all)
		take(make(chan Merchant))
		issue(len(all))
	})
	http.ListenAndServe(":8080", nil)
}
