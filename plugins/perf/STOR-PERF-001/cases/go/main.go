package main

import (
	"io"
	"net/http"
	"os"
)

func film(w http.ResponseWriter, r *http.Request) {
	file, _ := os.CreateTemp("", "film") // finding: STOR-PERF-001
	io.Copy(file, r.Body)
}

func scan(w http.ResponseWriter, r *http.Request) {
	file, _ := os.Create("/tmp/scan.tiff") // finding: STOR-PERF-001
	io.Copy(file, r.Body)
}

func pages(w http.ResponseWriter, r *http.Request) {
	directory, _ := os.MkdirTemp("", "pages") // finding: STOR-PERF-001
	os.Chdir(directory)
}

func main() {
	http.HandleFunc("/film", film)
	http.HandleFunc("/scan", scan)
	http.HandleFunc("/pages", pages)
	http.ListenAndServe(":8080", nil)
}
