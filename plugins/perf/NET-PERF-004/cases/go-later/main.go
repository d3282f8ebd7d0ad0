package main

import (
	"context"
	"net/http"
	"time"
)

func later() *http.Client {
	client := &http.Client{} // ok: the limit is set on the next line; mutate: s/client.Timeout = 5 * time.Second//
	client.Timeout = 5 * time.Second
	return client
}

func withContext(url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(request) // ok: the request carries a deadline; mutate: s/context.WithTimeout(context.Background(), time.Second)/context.WithCancel(context.Background())/
	return err
}

func bare(url string) error {
	_, err := http.Get(url) // finding: NET-PERF-004
	return err
}

func main() {
	later()
	withContext("https://stock.example")
	bare("https://stock.example")
}
