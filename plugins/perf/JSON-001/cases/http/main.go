package main

import (
	"encoding/json"
	"net/http"
)

type Order struct {
	ID int
}

func load() []Order { return nil }

func list(w http.ResponseWriter, r *http.Request) {
	data, _ := json.MarshalIndent(load(), "", "  ") // finding: JSON-001 confidence: medium
	w.Write(data)
}

func encoded(w http.ResponseWriter, r *http.Request) {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ") // finding: JSON-001 confidence: medium
	encoder.Encode(load())
}

func logged(w http.ResponseWriter, r *http.Request) {
	data, _ := json.MarshalIndent(load(), "", "  ") // ok: goes to the log
	println(string(data))
}

func main() {
	http.HandleFunc("/orders", list)
	http.HandleFunc("/orders/encoded", encoded)
	http.HandleFunc("/orders/logged", logged)
	http.ListenAndServe(":80", nil)
}
