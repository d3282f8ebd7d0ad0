package main

import "net/http"

func main() {
	http.Handle("/assets/", http.FileServer(http.Dir("assets"))) // finding: STOR-PERF-004
	http.ListenAndServe(":8080", nil)
}
