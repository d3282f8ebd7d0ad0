package main

import (
	"database/sql"
	"time"

	_ "github.com/lib/pq"
)

const brief = 2 * time.Second

func openPostgres(address string) (*sql.DB, error) {
	db, err := sql.Open("postgres", address)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	db.SetConnMaxLifetime(brief) // finding: DB-PERF-021 confidence: medium
	db.SetMaxIdleConns(0)        // finding: DB-PERF-021 confidence: medium
	return db, nil
}

func openReports(address string) (*sql.DB, error) {
	db, err := sql.Open("postgres", address)
	if err != nil {
		return nil, err
	}
	db.SetConnMaxLifetime(5 * time.Minute) // ok: long enough for the next request; mutate: s/5 * time.Minute/5 * time.Second/
	db.SetMaxIdleConns(5)                  // ok: five wait for the next request; mutate: s/SetMaxIdleConns(5)/SetMaxIdleConns(0)/
	return db, nil
}

func openSQLite(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		return nil, err
	}
	db.SetConnMaxLifetime(time.Second) // ok: a file is opened in no time
	return db, nil
}

func main() {
	openPostgres("postgres://db/shop")
	openReports("postgres://db/reports")
	openSQLite("shop.db")
}
