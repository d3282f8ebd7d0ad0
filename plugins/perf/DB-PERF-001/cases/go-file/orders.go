package shop

import (
	"database/sql"

	_ "github.com/mattn/go-sqlite3"
)

type Order struct {
	ID    string
	State string
}

func save(db *sql.DB, orders []Order) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	stmt, err := tx.Prepare("INSERT INTO orders (id, state) VALUES (?, ?)")
	if err != nil {
		return err
	}
	defer stmt.Close()
	for _, order := range orders {
		// ok: prepared once, for a file in the process; mutate: s|"github.com/mattn/go-sqlite3"|"github.com/lib/pq"|
		if _, err := stmt.Exec(order.ID, order.State); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func saveEach(db *sql.DB, orders []Order) error {
	for _, order := range orders {
		// finding: DB-PERF-001
		if _, err := db.Exec("INSERT INTO orders (id, state) VALUES (?, ?)", order.ID, order.State); err != nil {
			return err
		}
	}
	return nil
}
