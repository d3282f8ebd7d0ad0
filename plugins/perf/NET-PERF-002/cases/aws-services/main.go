package main

import (
	"context"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/comprehend"
)

func main() {
	cfg, _ := config.LoadDefaultConfig(context.Background())
	shared := comprehend.NewFromConfig(cfg) // ok: one for all requests
	http.HandleFunc("/words", func(w http.ResponseWriter, r *http.Request) {
		own := comprehend.NewFromConfig(cfg) // finding: NET-PERF-002
		_, _ = own.DetectSyntax(r.Context(), nil)
		_, _ = shared.DetectSyntax(r.Context(), nil)
	})
	_ = http.ListenAndServe(":8080", nil)
}
