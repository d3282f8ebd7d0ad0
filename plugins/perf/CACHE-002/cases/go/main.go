package main

import (
	"context"
	"net/http"

	"github.com/coreos/go-oidc/v3/oidc"
)

const issuer = "https://login.example.org"

func orders(w http.ResponseWriter, r *http.Request) {
	provider, err := oidc.NewProvider(r.Context(), issuer) // finding: CACHE-002 confidence: high
	if err != nil {
		return
	}
	provider.Verifier(&oidc.Config{ClientID: "shop"})
}

func keys(w http.ResponseWriter, r *http.Request) {
	answer, err := http.Get(issuer + "/.well-known/jwks.json") // finding: CACHE-002 confidence: high
	if err == nil {
		answer.Body.Close()
	}
}

func metadata(w http.ResponseWriter, r *http.Request) {
	answer, err := http.Get("http://metadata.google.internal/computeMetadata/v1/project/project-id") // finding: CACHE-002 confidence: high
	if err == nil {
		answer.Body.Close()
	}
}

func main() {
	provider, err := oidc.NewProvider(context.Background(), issuer) // ok: made at the start
	if err != nil {
		panic(err)
	}
	provider.Endpoint()
	http.HandleFunc("/orders", orders)
	http.HandleFunc("/keys", keys)
	http.HandleFunc("/metadata", metadata)
	http.ListenAndServe(":8080", nil)
}
