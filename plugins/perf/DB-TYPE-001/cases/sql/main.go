package main

import (
	"database/sql"
	"time"
)

func forget(db *sql.DB, before time.Time) error {
	_, err := db.Exec("DELETE FROM audit_events WHERE created_at < $1", before)
	return err
}

func keep(db *sql.DB, all []time.Time) error {
	for _, at := range all {
		if _, err := db.Exec("INSERT INTO request_metrics (at) VALUES ($1)", at); err != nil {
			return err
		}
	}
	return nil
}

func main() {
	db, _ := sql.Open("postgres", "")
	forget(db, time.Now())
	keep(db, nil)
}
