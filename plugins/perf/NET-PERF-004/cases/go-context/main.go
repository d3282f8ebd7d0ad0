package main

import (
	"context"
	"net/http"
	"time"
)

func export(url string, limit time.Duration) error {
	client := http.Client{} // ok: the request carries a deadline; mutate: s/WithTimeout(context.Background(), limit)/WithCancel(context.Background())/
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	req, err := http.NewRequest(http.MethodGet, url, http.NoBody)
	if err != nil {
		return err
	}
	resp, err := client.Do(req.WithContext(ctx))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func rename(url string) error {
	client := http.Client{} // finding: NET-PERF-004
	req, err := http.NewRequest(http.MethodPut, url, http.NoBody)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func main() {
	_ = export("https://a.example", time.Second)
	_ = rename("https://a.example")
}
