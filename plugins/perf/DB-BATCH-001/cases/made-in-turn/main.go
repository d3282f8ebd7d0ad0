package main

import (
	"encoding/json"
	"net/http"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

type Voucher struct {
	ID   int
	Code string
}

var db *gorm.DB

func (voucher *Voucher) Insert() error {
	return db.Create(voucher).Error
}

func issue(w http.ResponseWriter, r *http.Request) {
	var order struct{ Count int }
	json.NewDecoder(r.Body).Decode(&order)
	for i := 0; i < order.Count; i++ {
		voucher := Voucher{Code: uuid.NewString()}
		err := voucher.Insert() // finding: DB-BATCH-001
		if err != nil {
			return
		}
	}
}

func again(w http.ResponseWriter, r *http.Request) {
	var order struct{ Count int }
	json.NewDecoder(r.Body).Decode(&order)
	voucher := Voucher{}
	for i := 0; i < order.Count; i++ {
		voucher.Insert() // ok: the same again
	}
}

func main() {
	http.HandleFunc("/vouchers", issue)
	http.HandleFunc("/again", again)
	http.ListenAndServe(":8080", nil)
}
