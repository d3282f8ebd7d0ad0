package shop

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/gocql/gocql"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"gorm.io/gorm"
)

type User struct {
	ID    int
	Extra []byte
}

func direct(db *sql.DB) error {
	rows, err := db.Query("SELECT id FROM orders WHERE state = 'open'")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return err
		}
		var total int
		db.QueryRow("SELECT sum(price) FROM lines WHERE order_id = $1", id).Scan(&total) // finding: DB-PERF-001 confidence: high
	}
	return rows.Err()
}

func fields(ctx context.Context, db *sql.DB, rows *sql.Rows) error {
	for rows.Next() {
		u := &User{}
		if err := rows.Scan(&u.ID, &u.Extra); err != nil {
			return err
		}
		if _, err := db.ExecContext(ctx, "UPDATE users SET seen = now() WHERE id = $1", u.ID); err != nil { // finding: DB-PERF-001 confidence: high
			return err
		}
	}
	return nil
}

func price(db *sql.DB, id int) (int, error) {
	var total int
	err := db.QueryRow("SELECT sum(price) FROM lines WHERE order_id = $1", id).Scan(&total)
	return total, err
}

func helped(db *sql.DB) ([]int, error) {
	rows, err := db.Query("SELECT id FROM orders")
	if err != nil {
		return nil, err
	}
	var all []int
	for rows.Next() {
		var id int
		rows.Scan(&id)
		total, err := price(db, id) // finding: DB-PERF-001 confidence: high
		if err != nil {
			return nil, err
		}
		all = append(all, total)
	}
	return all, nil
}

func load(rows *sql.Rows) (*User, error) {
	var u User
	return &u, rows.Scan(&u.ID)
}

func loaded(db *sql.DB, rows *sql.Rows) {
	for rows.Next() {
		u, _ := load(rows)
		owner := u.ID
		price(db, owner) // finding: DB-PERF-001 confidence: high
	}
}

func decoded(db *sql.DB, rows *sql.Rows) {
	for rows.Next() {
		var raw []byte
		rows.Scan(&raw)
		var u User
		json.Unmarshal(raw, &u)
		price(db, u.ID) // finding: DB-PERF-001
	}
}

func mapped(db *gorm.DB) {
	rows, _ := db.Model(&User{}).Rows()
	for rows.Next() {
		var u User
		db.ScanRows(rows, &u)
		var one User
		db.First(&one, u.ID) // finding: DB-PERF-001
	}
}

func documents(ctx context.Context, users, orders *mongo.Collection) {
	cursor, _ := users.Find(ctx, bson.M{})
	for cursor.Next(ctx) {
		var u User
		cursor.Decode(&u)
		orders.CountDocuments(ctx, bson.M{"user": u.ID}) // finding: DB-PERF-001
	}
}

func wide(session *gocql.Session, db *sql.DB) {
	iter := session.Query("SELECT id FROM users").Iter()
	var id int
	for iter.Scan(&id) {
		db.QueryRow("SELECT name FROM names WHERE user_id = $1", id) // finding: DB-PERF-001
	}
}

// The same answer for every row is asked for again as well.
func constant(db *sql.DB, rows *sql.Rows) {
	for rows.Next() {
		var rate int
		db.QueryRow("SELECT rate FROM rates WHERE day = current_date").Scan(&rate) // finding: DB-PERF-001 confidence: medium
	}
}

// A helper that asks nothing about the row may keep what it found.
func settings(ctx context.Context, db *sql.DB) int {
	var size int
	db.QueryRowContext(ctx, "SELECT size FROM settings").Scan(&size)
	return size
}

func sized(ctx context.Context, db *sql.DB, rows *sql.Rows, users *mongo.Cursor) {
	for rows.Next() {
		var id int
		rows.Scan(&id)
		settings(ctx, db) // ok: nothing of the row goes in; mutate: s/settings(ctx, db)/price(db, id)/
	}
	for users.Next(ctx) {
		settings(ctx, db) // ok: the context is not the row
	}
}

func collected(db *sql.DB) ([]int, error) {
	rows, err := db.Query("SELECT o.id, sum(l.price) FROM orders o JOIN lines l ON l.order_id = o.id GROUP BY o.id")
	if err != nil {
		return nil, err
	}
	var all []int
	for rows.Next() {
		var id, total int
		if err := rows.Scan(&id, &total); err != nil { // ok: the rows of one query
			return nil, err
		}
		all = append(all, total)
	}
	return all, rows.Err()
}

func first(db *sql.DB, rows *sql.Rows) (int, error) {
	for rows.Next() {
		var id int
		rows.Scan(&id)
		return price(db, id) // ok: the first row only; mutate: s/\t\treturn price(db, id)/\t\tprice(db, id)/
	}
	return 0, nil
}
