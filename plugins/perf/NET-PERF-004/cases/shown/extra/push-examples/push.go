package main

import "net/http"

func main() {
	http.HandleFunc("/push", func(w http.ResponseWriter, r *http.Request) {
		answer, err := http.Get("https://stock.example") // ok: shows others how it is called
		if err == nil {
			w.WriteHeader(answer.StatusCode)
		}
	})
	_ = http.ListenAndServe(":8080", nil)
}
