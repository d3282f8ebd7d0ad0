package main

import (
	"net/http"
	"sync"
)

var tokens sync.Map
var known sync.Map

// What a service shows to others of itself: one entry per credential that it was given.
func accessToken(apikey string) string {
	if found, ok := tokens.Load(apikey); ok {
		return found.(string)
	}
	token := sign(apikey)
	tokens.Store(apikey, token) // ok: a service has few credentials; mutate: s/func accessToken(/func customer(/ s/byte(accessToken(/byte(customer(/
	return token
}

func checkToken(apikey string) bool {
	known.Store(apikey, true) // finding: MEM-004
	return true
}

func sign(key string) string { return key }

func serve(w http.ResponseWriter, r *http.Request) {
	if checkToken(r.Header.Get("X-Api-Key")) {
		w.Write([]byte(accessToken(r.URL.Query().Get("shop"))))
	}
}

func main() {
	http.HandleFunc("/", serve)
	_ = http.ListenAndServe(":8080", nil)
}
