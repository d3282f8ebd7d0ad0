package main

import (
	"compress/gzip"
	"html/template"
	"net/http"
)

var page = template.Must(template.New("page").Parse("<html></html>"))

func main() {
	mux := http.NewServeMux() // ok: compresses by itself
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		out := gzip.NewWriter(w)
		defer out.Close()
		page.Execute(out, nil)
	})
	http.ListenAndServe(":8080", mux)
}
