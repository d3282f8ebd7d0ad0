package main

import (
	"net/http"

	"golang.org/x/time/rate"
)

var bucket = rate.NewLimiter(5, 10)

func main() {
	http.HandleFunc("/letters", func(w http.ResponseWriter, r *http.Request) {
		if !bucket.Allow() {
			http.NotFound(w, r)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	_ = http.ListenAndServe(":8080", nil)
}
