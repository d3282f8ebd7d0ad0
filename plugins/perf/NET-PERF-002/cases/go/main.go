package main

import (
	"net/http"
	"time"
)

func handle(w http.ResponseWriter, r *http.Request) {
	client := &http.Client{Timeout: time.Second} // ok: shares the default transport and its connections
	transport := &http.Transport{}               // finding: NET-PERF-002
	own := &http.Client{Timeout: time.Second, Transport: transport}
	client.Get("https://a.example")
	own.Get("https://a.example")
}

func main() {
	http.HandleFunc("/", handle)
}
