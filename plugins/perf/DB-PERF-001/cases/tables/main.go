package main

import (
	"fmt"
	"net/http"

	"gorm.io/gorm"
)

var db *gorm.DB

func empty(w http.ResponseWriter, r *http.Request) {
	for _, name := range r.URL.Query()["table"] {
		db.Exec(fmt.Sprintf("DELETE FROM %s", name)) // ok: another table each time; mutate: s/DELETE FROM %s/DELETE FROM orders WHERE owner = '%s'/
	}
}

func main() {
	http.HandleFunc("/empty", empty)
	http.ListenAndServe(":80", nil)
}
