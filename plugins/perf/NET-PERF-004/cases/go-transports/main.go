package main

import (
	"context"
	"crypto/tls"
	"net/http"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

func identity(ctx context.Context) context.Context {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableCompression = true
	// finding: NET-PERF-004 confidence: medium
	return oidc.ClientContext(ctx, &http.Client{Transport: transport})
}

func insecure() *http.Client {
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}} // finding: NET-PERF-004 confidence: medium
}

func traced() *http.Client {
	return &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)} // finding: NET-PERF-004 confidence: medium
}

func bounded() *http.Client {
	// ok: the answer has to begin in time; mutate: s/ResponseHeaderTimeout: time.Second/MaxIdleConns: 4/
	return &http.Client{Transport: &http.Transport{ResponseHeaderTimeout: time.Second}}
}

func later() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.ResponseHeaderTimeout = time.Second
	return &http.Client{Transport: transport} // ok: the answer has to begin in time; mutate: s/transport.ResponseHeaderTimeout = time.Second//
}

func whole() *http.Client {
	return &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport), Timeout: time.Second} // ok: has a limit; mutate: s/, Timeout: time.Second//
}

func own(transport http.RoundTripper) []*http.Client {
	return []*http.Client{
		{Transport: transport}, // ok: the caller decides
		&http.Client{Transport: transport}, // ok: the caller decides; mutate: s/Client{Transport: transport}/Client{Transport: http.DefaultTransport}/
	}
}

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		identity(r.Context())
		insecure()
		traced()
		bounded()
		later()
		whole()
		own(http.DefaultTransport)
	})
	server := &http.Server{Addr: ":8080", ReadHeaderTimeout: time.Second}
	_ = server.ListenAndServe()
}
