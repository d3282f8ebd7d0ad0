package main

import (
	"net/http"

	"github.com/sony/gobreaker/v2"
)

var stock = gobreaker.NewCircuitBreaker[*http.Response](gobreaker.Settings{})

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		stock.Execute(func() (*http.Response, error) { return http.Get("https://stock/") })
	})
	http.ListenAndServe(":80", nil)
}
