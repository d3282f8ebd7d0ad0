package main

import "net/http"

func serve(list http.HandlerFunc) {
	mux := http.NewServeMux() // finding: NET-PERF-003 confidence: medium
	mux.HandleFunc("GET /orders", list)
	mux.HandleFunc("GET /orders/{id}", list)
	mux.HandleFunc("GET /customers", list)
	mux.HandleFunc("GET /customers/{id}", list)
	mux.HandleFunc("GET /offers", list)
	mux.HandleFunc("GET /offers/{id}", list)
	mux.HandleFunc("GET /invoices", list)
	mux.HandleFunc("GET /invoices/{id}", list)
	http.ListenAndServe(":8080", mux)
}
