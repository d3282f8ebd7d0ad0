package main

import (
	"net/http"
	"runtime/pprof"
)

func order(w http.ResponseWriter, r *http.Request) { pprof.WriteHeapProfile(w)
	w.WriteHeader(http.StatusNoContent) }

func main() {
	http.HandleFunc("/orders/", order)
	http.ListenAndServe(":8000", nil)
}
