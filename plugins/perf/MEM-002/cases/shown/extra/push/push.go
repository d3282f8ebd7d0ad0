package main

import "net/http"

func main() {
	http.HandleFunc("/push", func(w http.ResponseWriter, r *http.Request) {
		answer, err := http.Get("https://stock.example") // finding: MEM-002
		if err == nil {
			w.WriteHeader(answer.StatusCode)
		}
	})
	_ = http.ListenAndServe(":8080", nil)
}
