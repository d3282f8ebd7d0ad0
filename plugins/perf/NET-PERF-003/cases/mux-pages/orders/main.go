package main

import (
	"net/http"

	"github.com/gorilla/mux"
)

func main() {
	r := mux.NewRouter() // ok: neither pages nor files, a few words between services
	r.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("{}")) })
	_ = http.ListenAndServe(":8080", r)
}
