package main

import "net/http"

func order(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }

func main() {
	http.HandleFunc("/orders/", order)
	http.ListenAndServe(":8000", nil)
}
