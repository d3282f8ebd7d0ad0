package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"time"
)

func flush() {}

func keepFlushing() {
	ticker := time.NewTicker(time.Minute) // ok: the loop has no end; mutate: s/flush() \/\/ for good/return/
	for range ticker.C {
		flush() // for good
	}
}

func flushUntil(done chan struct{}) {
	ticker := time.NewTicker(time.Minute) // finding: MEM-002
	for {
		select {
		case <-ticker.C:
			flush()
		case <-done:
			return
		}
	}
}

func upload(ctx context.Context, url string, path string) (*http.Request, error) {
	rules, err := os.Open(path) // ok: a request closes its body; mutate: s/url, rules/url, nil/
	if err != nil {
		return nil, err
	}
	return http.NewRequestWithContext(ctx, http.MethodPost, url, rules)
}

func serve(handler http.Handler) error {
	listener, err := net.Listen("tcp", ":8080") // ok: open for as long as the process serves
	if err != nil {
		return err
	}
	return http.Serve(listener, handler)
}

func main() {
	go keepFlushing()
	go flushUntil(make(chan struct{}))
	_, _ = upload(context.Background(), "https://a.example", "rules")
	_ = serve(nil)
}
