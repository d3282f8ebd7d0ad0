package main

import "net/http"

func login(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Retry-After", "5")
	http.Error(w, "slow down", http.StatusTooManyRequests) // ok: says when; mutate: s/Retry-After/X-Shop/
}
