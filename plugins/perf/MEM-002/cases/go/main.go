package main

import (
	"database/sql"
	"io"
	"net/http"
	"os"
)

var db *sql.DB

func orders(w http.ResponseWriter, r *http.Request) {
	rows, err := db.Query("SELECT id FROM orders") // finding: MEM-002
	if err != nil {
		return
	}
	for rows.Next() {
		w.WriteHeader(200)
	}
}

func rates(w http.ResponseWriter, r *http.Request) {
	answer, err := http.Get("https://rates.example") // finding: MEM-002
	if err != nil {
		return
	}
	w.WriteHeader(answer.StatusCode)
}

func stock(w http.ResponseWriter, r *http.Request) {
	answer, err := http.Get("https://stock.example") // ok: closed when the function ends; mutate: s/defer answer.Body.Close()/println(1)/
	if err != nil {
		return
	}
	defer answer.Body.Close()
	_, _ = io.Copy(w, answer.Body)
}

func sheet(path string) (*os.File, error) {
	return os.Open(path) // ok: the caller's
}

func main() {
	http.HandleFunc("/orders", orders)
	http.HandleFunc("/rates", rates)
	http.HandleFunc("/stock", stock)
	_ = http.ListenAndServe(":8080", nil)
}
