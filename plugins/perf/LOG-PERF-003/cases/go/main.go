package main

import (
	"github.com/getsentry/sentry-go"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

func tracer(exporter sdktrace.SpanExporter) *sdktrace.TracerProvider {
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter)) // finding: LOG-PERF-003
}

func everything(exporter sdktrace.SpanExporter) *sdktrace.TracerProvider {
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter), sdktrace.WithSampler(sdktrace.AlwaysSample())) // finding: LOG-PERF-003
}

func sampled(exporter sdktrace.SpanExporter) *sdktrace.TracerProvider {
	// ok: has a sampler; mutate: s/, sdktrace.WithSampler(sdktrace.TraceIDRatioBased(0.1))//
	return sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter), sdktrace.WithSampler(sdktrace.TraceIDRatioBased(0.1)))
}

func handed(options ...sdktrace.TracerProviderOption) *sdktrace.TracerProvider {
	return sdktrace.NewTracerProvider(options...) // ok: the caller may have named a sampler
}

func main() {
	_ = sentry.Init(sentry.ClientOptions{
		Dsn:              "https://key@sentry.example/1",
		EnableTracing:    true,
		TracesSampleRate: 1.0, // finding: LOG-PERF-003
	})
	_ = sentry.Init(sentry.ClientOptions{
		Dsn:              "https://key@sentry.example/2",
		EnableTracing:    true,
		TracesSampleRate: 0.2, // ok: one in five; mutate: s/0.2/1/
	})
	_ = sentry.Init(sentry.ClientOptions{
		Dsn:              "https://key@sentry.example/3",
		TracesSampleRate: 1.0, // ok: tracing is not switched on; mutate: s|"https://key@sentry.example/3"|"https://key@sentry.example/3", EnableTracing: true|
	})
}
