package main

import (
	"context"
	"database/sql"
	"net/http"
	"time"

	"go.opentelemetry.io/otel"
)

type shop struct {
	db *sql.DB
}

func (s *shop) prepare(ctx context.Context) {
	s.db.PingContext(ctx) // finding: PERF-002
}

func (s *shop) prepareSoon(ctx context.Context) {
	s.db.PingContext(ctx) // ok: the caller's deadline; mutate: s/s.prepareSoon(within(context.Background()))/s.prepareSoon(context.Background())/
}

func (s *shop) trace(ctx context.Context) {
	traced, span := otel.Tracer("shop").Start(ctx, "ping")
	defer span.End()
	s.db.PingContext(traced) // finding: PERF-002
}

func within(ctx context.Context) context.Context {
	soon, _ := context.WithTimeout(ctx, 5*time.Second)
	return soon
}

func main() {
	db, _ := sql.Open("postgres", "postgres://shop")
	s := &shop{db: db}
	s.prepare(context.Background())
	s.prepareSoon(within(context.Background()))
	s.trace(context.Background())
	server := &http.Server{Addr: ":8080"}
	server.ListenAndServe()
	end, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	server.Shutdown(end)
}
