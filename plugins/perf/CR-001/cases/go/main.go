package main

import "net/http"

func order(w http.ResponseWriter, r *http.Request) {
	go func() {
		send(r.FormValue("number"))
	}()
	w.WriteHeader(http.StatusAccepted)
}

func send(number string) {}

func main() {
	http.HandleFunc("/orders", order)
	http.ListenAndServe(":8080", nil)
}
