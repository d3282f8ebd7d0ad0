package main

import (
	"compress/gzip"
	"encoding/json"
	"net/http"
	"os"
)

type Order struct {
	ID int
}

func load() []Order { return nil }

func list(w http.ResponseWriter, r *http.Request) {
	data, _ := json.MarshalIndent(load(), "", "  ") // finding: JSON-001 confidence: medium
	w.Write(data)
}

func encoded(w http.ResponseWriter, r *http.Request) {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ") // finding: JSON-001 confidence: medium
	encoder.Encode(load())
}

const wide = "    "

func named(rw http.ResponseWriter, r *http.Request) {
	encoder := json.NewEncoder(rw)
	encoder.SetIndent("", wide) // finding: JSON-001 confidence: medium
	encoder.Encode(load())
}

func packed(rw http.ResponseWriter, r *http.Request) {
	zipped := gzip.NewWriter(rw)
	defer zipped.Close()
	encoder := json.NewEncoder(zipped)
	encoder.SetIndent("", "\t") // finding: JSON-001 confidence: medium
	encoder.Encode(load())
}

func plain(w http.ResponseWriter, r *http.Request) {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "") // ok: switches the indentation off; mutate: s/"", ""/"", " "/
	encoder.Encode(load())
}

func kept(rw http.ResponseWriter, r *http.Request) {
	w, _ := os.Create("/tmp/orders.json")
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", " ") // ok: goes to a file; mutate: s/json.NewEncoder(w)\n\tencoder.SetIndent("", " ")/json.NewEncoder(rw)\n\tencoder.SetIndent("", " ")/
	encoder.Encode(load())
	rw.WriteHeader(204)
}

func logged(w http.ResponseWriter, r *http.Request) {
	data, _ := json.MarshalIndent(load(), "", "  ") // ok: goes to the log
	println(string(data))
}

func main() {
	http.HandleFunc("/orders", list)
	http.HandleFunc("/orders/encoded", encoded)
	http.HandleFunc("/orders/logged", logged)
	http.HandleFunc("/orders/named", named)
	http.HandleFunc("/orders/packed", packed)
	http.HandleFunc("/orders/plain", plain)
	http.HandleFunc("/orders/kept", kept)
	http.HandleFunc("/orders/closed", func(out http.ResponseWriter, r *http.Request) {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", " ") // finding: JSON-001 confidence: medium
		encoder.Encode(load())
	})
	http.ListenAndServe(":80", nil)
}
