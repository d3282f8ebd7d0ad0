package main

import (
	"io"
	"net/http"
)

func readAll(w http.ResponseWriter, r *http.Request) {
	for _, address := range r.URL.Query()["address"] {
		answer, err := http.Get(address) // finding: MEM-002
		if err != nil {
			return
		}
		_, _ = io.Copy(w, answer.Body)
	}
}

func readOne(w http.ResponseWriter, r *http.Request) {
	answer, err := http.Get("https://stock.example") // finding: MEM-002
	if err != nil {
		return
	}
	_, _ = io.Copy(w, answer.Body)
}

func main() {
	http.HandleFunc("/all", readAll)
	http.HandleFunc("/one", readOne)
	_ = http.ListenAndServe(":8080", nil)
}
