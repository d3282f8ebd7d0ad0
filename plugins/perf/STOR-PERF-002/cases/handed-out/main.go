package main

import (
	"io"
	"net/http"
)

func plan(w http.ResponseWriter, r *http.Request) {
	resp, err := http.Get("https://plans/" + r.PathValue("id"))
	if err != nil {
		return
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body) // finding: STOR-PERF-002
	w.Header().Set("Content-Type", "application/pdf")
	w.Write(body)
}

func price(w http.ResponseWriter, r *http.Request) {
	resp, err := http.Get("https://prices/" + r.PathValue("id"))
	if err != nil {
		return
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body) // ok: a short document; mutate: s#/json#/zip#
	w.Header().Set("Content-Type", "application/json")
	w.Write(body)
}

func main() {
	http.HandleFunc("/plan", plan)
	http.HandleFunc("/price", price)
	http.ListenAndServe(":8080", nil)
}
