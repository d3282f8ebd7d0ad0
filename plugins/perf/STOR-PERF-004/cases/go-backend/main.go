package main

import "net/http"

func main() {
	http.Handle("/assets/", http.FileServer(http.Dir("assets"))) // ok: a header for all; mutate: way.go s/public, max-age=86400/no-store/
	http.ListenAndServe(":8080", kept(http.DefaultServeMux))
}
