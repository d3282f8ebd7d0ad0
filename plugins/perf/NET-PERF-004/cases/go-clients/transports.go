package main

import (
	"context"
	"crypto/tls"
	"net/http"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

func login(ctx context.Context) context.Context {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{}
	return oidc.ClientContext(ctx, &http.Client{Transport: transport}) // finding: NET-PERF-004
}

func traced() *http.Client {
	return &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)} // finding: NET-PERF-004
}

func patient() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.ResponseHeaderTimeout = 5 * time.Second
	return &http.Client{Transport: transport} // ok: the transport gives up; mutate: s/transport.ResponseHeaderTimeout = 5 * time.Second/transport.MaxIdleConns = 5/
}

func limited(given http.RoundTripper) []*http.Client {
	return []*http.Client{
		{Transport: given}, // ok: what it is handed may give up
		&http.Client{Transport: &http.Transport{MaxIdleConns: 5}, Timeout: time.Second}, // ok: has a limit; mutate: s/, Timeout: time.Second//
	}
}
