package main

import (
	"context"
	"database/sql"
	"log"
	"net/http"
	"os/signal"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"shop.local/shop/store"
)

func main() {
	db, err := sql.Open("postgres", "postgres://shop")
	if err != nil {
		log.Fatal(err)
	}
	if err := db.Ping(); err != nil { // finding: PERF-002
		log.Fatal(err)
	}
	ctx, stop := signal.NotifyContext(context.Background())
	defer stop()
	if err := db.PingContext(ctx); err != nil { // finding: PERF-002
		log.Fatal(err)
	}
	soon, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if err := db.PingContext(soon); err != nil { // ok: fails at once when nobody answers; mutate: s/context.WithTimeout(ctx, 5*time.Second)/context.WithCancel(ctx)/
		log.Fatal(err)
	}
	both, end := context.WithCancel(soon)
	defer end()
	db.PingContext(both) // ok: ends with the one that it is made from; mutate: s/context.WithCancel(soon)/context.WithCancel(context.Background())/
	pool, err := pgxpool.New(ctx, "postgres://shop")
	if err != nil {
		log.Fatal(err)
	}
	if err := pool.Ping(ctx); err != nil { // finding: PERF-002
		log.Fatal(err)
	}
	go func() {
		db.Ping() // ok: beside the start
	}()
	warm(ctx, db)
	quick(soon, db)
	store.Open("postgres://shop")
	health := store.Health{DB: db}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		db.Ping() // ok: somebody asks for it
	})
	http.HandleFunc("/health", health.Check)
	http.ListenAndServe(":8080", nil)
}

func warm(ctx context.Context, db *sql.DB) {
	db.PingContext(ctx) // finding: PERF-002
}

func quick(ctx context.Context, db *sql.DB) {
	db.PingContext(ctx) // ok: the caller's deadline; mutate: s/quick(soon, db)/quick(context.TODO(), db)/
}
