package main

import (
	"encoding/json"
	"net/http"
)

func orders(w http.ResponseWriter, r *http.Request) {
	var ids []string
	json.NewDecoder(r.Body).Decode(&ids)
	for _, id := range ids {
		go func() { http.Get("https://orders/" + id) }() // finding: CONC-006 confidence: medium
	}
}

func main() {
	http.HandleFunc("/orders", orders)
	http.ListenAndServe(":8080", nil)
}
