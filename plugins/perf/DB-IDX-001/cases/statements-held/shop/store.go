package shop

import (
	"database/sql"
	"net/http"

	_ "github.com/mattn/go-sqlite3"
)

const (
	createTables = `
		CREATE TABLE customer (
			id TEXT PRIMARY KEY,
			name TEXT NOT NULL
		);
		CREATE TABLE login_token (
			customer_id TEXT NOT NULL,
			token TEXT,
			expires INT NOT NULL,
			PRIMARY KEY (customer_id, token)
		);
		CREATE TABLE reset_token (
			customer_id TEXT NOT NULL,
			token TEXT NOT NULL,
			PRIMARY KEY (token, customer_id)
		);
	`
	// Columns are called as the words of a statement are.
	customerByToken = `
		SELECT c.id, c.name, c.orders_limit, c.group_by_day, c.is_on
		FROM customer c
		JOIN login_token t ON c.id = t.customer_id
		WHERE t.token = ? AND (t.expires = 0 OR t.expires >= ?)
	`
	customerByReset = `SELECT customer_id FROM reset_token WHERE token = ?`
)

type Store struct{ db *sql.DB }

func (s *Store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var id, name string
	s.db.QueryRow(customerByToken, r.Header.Get("Authorization"), 0).Scan(&id, &name)
	s.db.QueryRow(customerByReset, r.URL.Query().Get("reset")).Scan(&id)
}

func main() {
	db, _ := sql.Open("sqlite3", "shop.db")
	db.Exec(createTables)
	http.Handle("/", &Store{db})
	http.ListenAndServe(":80", nil)
}
