package main

import (
	"net/http"
	"os"
)

var profiles = map[string]string{} // finding: MEM-004
var sessions = make(map[string]int) // finding: MEM-004
var limited = make(map[string]int) // ok: entries are deleted; mutate: s/delete(limited, token)/println(token)/
var regions = map[string]string{} // ok: one entry per region; mutate: s/regions[region]/regions[token]/
var handlers = map[string]http.HandlerFunc{} // ok: a registry that is filled when the program starts; mutate: s/handlers["orders"] = serve/println(1)/ s/sessions[token]++/handlers[token] = serve/

func init() {
	handlers["orders"] = serve
}

func serve(w http.ResponseWriter, r *http.Request) {
	userID := r.URL.Query().Get("user")
	token := r.Header.Get("Authorization")
	region := os.Getenv("REGION")
	profiles[userID] = "known"
	sessions[token]++
	limited[token] = 1
	delete(limited, token)
	regions[region] = "here"
}

func main() {
	http.HandleFunc("/", serve)
	_ = http.ListenAndServe(":8080", nil)
}
