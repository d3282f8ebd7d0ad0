package main

import (
	"database/sql"
	"errors"
	"net/http"
)

var db *sql.DB

func add(number string) error {
	tx, err := db.Begin() // finding: MEM-002 confidence: medium
	if err != nil {
		return err
	}
	if _, err = tx.Exec("INSERT INTO orders (number) VALUES ($1)", number); err != nil {
		return err
	}
	return tx.Commit()
}

func addAll(numbers []string) error {
	tx, err := db.Begin() // finding: MEM-002 confidence: medium
	if err != nil {
		return err
	}
	for _, number := range numbers {
		if number == "" {
			return errors.New("no number")
		}
		if _, err := tx.Exec("INSERT INTO orders (number) VALUES ($1)", number); err != nil {
			tx.Rollback()
			return err
		}
	}
	return tx.Commit()
}

func change(number string) error {
	tx, err := db.Begin() // ok: rolled back whatever comes; mutate: s/defer tx.Rollback()/println(1)/
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err = tx.Exec("UPDATE orders SET paid = true WHERE number = $1", number); err != nil {
		return err
	}
	return tx.Commit()
}

func remove(number string) error {
	tx, err := db.Begin() // ok: each way ends it; mutate: s/if undone := tx.Rollback(); undone != nil/if undone := err; undone == nil/
	if err != nil {
		return err
	}
	if _, err = tx.Exec("DELETE FROM orders WHERE number = $1", number); err != nil {
		if undone := tx.Rollback(); undone != nil {
			return undone
		}
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	return nil
}

func deferred(number string) (err error) {
	tx, err := db.Begin() // ok: what is deferred ends it
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			tx.Rollback()
		}
	}()
	if _, err = tx.Exec("DELETE FROM orders WHERE number = $1", number); err != nil {
		return err
	}
	return tx.Commit()
}

func bound(r *http.Request) error {
	tx, err := db.BeginTx(r.Context(), nil) // ok: ends with the request
	if err != nil {
		return err
	}
	if _, err = tx.Exec("DELETE FROM orders"); err != nil {
		return err
	}
	return tx.Commit()
}

func main() {
	http.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) {
		_ = add("1")
		_ = addAll([]string{"1"})
		_ = change("1")
		_ = remove("1")
		_ = deferred("1")
		_ = bound(r)
	})
	_ = http.ListenAndServe(":8080", nil)
}
