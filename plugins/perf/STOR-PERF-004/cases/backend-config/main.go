package main

import "net/http"

func main() {
	http.Handle("/static/", http.FileServer(http.Dir("./static/"))) // finding: STOR-PERF-004
	_ = http.ListenAndServe(":8080", nil)
}
