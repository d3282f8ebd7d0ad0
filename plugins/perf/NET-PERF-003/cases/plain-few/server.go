package main

import "net/http"

func serve(list http.HandlerFunc) {
	mux := http.NewServeMux() // ok: probes and one job
	mux.HandleFunc("GET /orders", list)
	mux.HandleFunc("POST /orders", list)
	mux.HandleFunc("GET /healthz", list)
	mux.HandleFunc("GET /metrics", list)
	http.ListenAndServe(":8080", mux)
}
