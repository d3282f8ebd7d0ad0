package main

import (
	"net/http"
	"time"
)

func fetch(url string) (*http.Response, error) {
	return http.Get(url) // finding: NET-PERF-004
}

func client() *http.Client {
	return &http.Client{Timeout: 3 * time.Second} // ok: has a limit; mutate: s/Timeout: 3 * time.Second//
}
