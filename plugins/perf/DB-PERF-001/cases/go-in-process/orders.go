package shop

import (
	"database/sql"

	_ "github.com/mattn/go-sqlite3"
)

type Order struct{ ID, State string }

type Store struct {
	db    *sql.DB
	queue *Queue[Order]
	feed  *Feed
}

// Queue hands orders on in batches.
type Queue[T any] struct{ out chan []T }

func (q *Queue[T]) Dequeue() <-chan []T { return q.out }

// Feed brings orders of others.
type Feed struct{ out chan Order }

func (f *Feed) Orders() <-chan Order { return f.out }
func (f *Feed) Known() []Order       { return nil }

func (s *Store) Write(orders []Order) error {
	tx, err := s.db.Begin()
	if err != nil {
		return err
	}
	stmt, err := tx.Prepare("INSERT INTO orders (id, state) VALUES (?, ?)")
	if err != nil {
		return err
	}
	for _, order := range orders {
		// ok: prepared once, for a file in the process
		stmt.Exec(order.ID, order.State)
	}
	return tx.Commit()
}

func (s *Store) Close(ids []string) {
	for _, id := range ids {
		s.db.Exec("UPDATE orders SET state = 'closed' WHERE id = ?", id) // finding: DB-PERF-001
	}
}

func (s *Store) Work() {
	for orders := range s.queue.Dequeue() {
		s.Write(orders) // ok: batches come from a channel
	}
	for order := range s.feed.Orders() {
		s.db.Exec("INSERT INTO orders (id, state) VALUES (?, ?)", order.ID, order.State) // ok: orders come one by one; mutate: s/for order := range s.feed.Orders()/for _, order := range s.feed.Known()/
	}
}
