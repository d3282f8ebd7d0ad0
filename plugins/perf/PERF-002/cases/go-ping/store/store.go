package store

import (
	"context"
	"database/sql"
	"net/http"
)

// Open is handed to what builds the service.
func Open(dsn string) (*sql.DB, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	return db, db.Ping() // finding: PERF-002
}

type Health struct {
	DB *sql.DB
}

func (h Health) Check(w http.ResponseWriter, r *http.Request) {
	if h.Ping(r.Context()) != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

func (h Health) Ping(ctx context.Context) error {
	return h.DB.PingContext(ctx) // ok: the health of the service, asked for later
}

func (h Health) Alive() error {
	return h.DB.Ping() // ok: nothing on the way to the server asks
}
