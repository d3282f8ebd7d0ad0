package main

import (
	"io"
	"log"
	"net/http"
	"time"
)

func otherwise(w http.ResponseWriter, r *http.Request) {
	first, err := http.Get("https://stock.example") // finding: MEM-002 confidence: high
	if err != nil {
		return
	} else if first.StatusCode != http.StatusOK {
		w.WriteHeader(first.StatusCode)
		return
	}
	_, _ = io.Copy(w, first.Body)
}

func later(w http.ResponseWriter, r *http.Request) {
	begun := time.Now()
	second, err := http.Get("https://stock.example") // finding: MEM-002 confidence: high
	log.Println(time.Since(begun))
	if err != nil {
		return
	}
	_, _ = io.Copy(w, second.Body)
}

func told(w http.ResponseWriter, r *http.Request) {
	// Without an answer there is no body to close, and this goes on without one.
	third, err := http.Get("https://stock.example") // finding: MEM-002 confidence: high
	if err != nil {
		log.Println(err)
	}
	if third != nil {
		_, _ = io.Copy(w, third.Body)
	}
}

func main() {
	http.HandleFunc("/otherwise", otherwise)
	http.HandleFunc("/later", later)
	http.HandleFunc("/told", told)
	http.HandleFunc("/dropped", dropped)
	_ = http.ListenAndServe(":8080", nil)
}

func dropped(w http.ResponseWriter, r *http.Request) {
	_, err := http.Get("https://stock.example/seen") // finding: MEM-002
	if err != nil {
		log.Println(err)
	}
}
