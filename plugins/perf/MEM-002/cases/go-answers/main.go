package main

import (
	"io"
	"net/http"

	webpush "github.com/SherClockHolmes/webpush-go"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"gorm.io/gorm"
)

var files *s3.Client
var db *gorm.DB

func push(w http.ResponseWriter, r *http.Request) {
	answer, err := webpush.SendNotification([]byte("sold"), nil, nil) // finding: MEM-002
	if err != nil {
		return
	}
	w.WriteHeader(answer.StatusCode)
}

func pushed(w http.ResponseWriter, r *http.Request) {
	answer, err := webpush.SendNotification([]byte("sold"), nil, nil) // ok: closed at the end; mutate: s/	defer answer.Body.Close()\n//
	if err != nil {
		return
	}
	defer answer.Body.Close()
	w.WriteHeader(answer.StatusCode)
}

func file(w http.ResponseWriter, r *http.Request) {
	object, err := files.GetObject(r.Context(), &s3.GetObjectInput{}) // finding: MEM-002
	if err != nil {
		return
	}
	io.Copy(w, object.Body)
}

func orders(w http.ResponseWriter, r *http.Request) {
	rows, err := db.Model(nil).Rows() // finding: MEM-002
	if err != nil {
		return
	}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return
		}
	}
}

func main() {
	http.HandleFunc("/push", push)
	http.HandleFunc("/pushed", pushed)
	http.HandleFunc("/file", file)
	http.HandleFunc("/orders", orders)
	http.ListenAndServe(":8080", nil)
}
