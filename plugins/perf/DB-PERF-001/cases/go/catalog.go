package shop

import (
	"context"
	"database/sql"
	"sync"

	"github.com/alitto/pond/v2"
	"gorm.io/gorm"
)

type upgrade struct{ version string }

func pendingMigrations(db *sql.DB) (int, []upgrade, error) { return 0, nil, nil }
func pendingOrders(db *sql.DB) (int, []upgrade, error)     { return 0, nil, nil }

func record(db *sql.DB, version string) error {
	_, err := db.Exec("INSERT INTO versions (name) VALUES ($1)", version)
	return err
}

func upgradeAll(db *sql.DB) error {
	_, pending, err := pendingMigrations(db)
	for _, one := range pending {
		record(db, one.version) // ok: migrations follow each other; mutate: s/pending, err := pendingMigrations(db)/pending, err := pendingOrders(db)/
	}
	return err
}

func optimize(db *gorm.DB) {
	tables, err := db.Migrator().GetTables()
	if err != nil {
		return
	}
	for _, table := range tables {
		db.Exec("delete from notes where name = ?", table) // ok: a statement is for one table; mutate: s/db.Migrator().GetTables()/names(db)/
	}
}

func totals(ctx context.Context, db *sql.DB, ids []int) map[int]string {
	all, lock := map[int]string{}, sync.Mutex{}
	pool := pond.NewPool(4)
	for _, id := range ids {
		pool.Submit(func() {
			name := nameOf(ctx, db, id) // finding: DB-PERF-001 -- side by side, and one query each all the same; the mutex is none of the row's
			lock.Lock()
			defer lock.Unlock()
			all[id] = name
		})
	}
	pool.StopAndWait()
	return all
}
