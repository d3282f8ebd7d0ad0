package shop

import "database/sql"

type Queue struct{ taken chan []Order }

func (q *Queue) Taken() <-chan []Order { return q.taken }

func (q *Queue) All() [][]Order { return nil }

func work(db *sql.DB, queue *Queue) {
	for orders := range queue.Taken() {
		saveEach(db, orders) // ok: a channel brings work from elsewhere; mutate: s/q.taken }/nil }/ s/<-chan []Order/[][]Order/
	}
	for _, orders := range queue.All() {
		saveEach(db, orders) // finding: DB-PERF-001
	}
}
