package main

import (
	"net/http"

	"github.com/gorilla/mux"
)

func main() {
	r := mux.NewRouter() // finding: NET-PERF-003 confidence: medium
	r.HandleFunc("/", home).Methods("GET")
	r.PathPrefix("/static/").Handler(http.StripPrefix("/static/", http.FileServer(http.Dir("static"))))
	http.ListenAndServe(":8080", r)
}

func home(w http.ResponseWriter, r *http.Request) { w.Write([]byte("<html></html>")) }
