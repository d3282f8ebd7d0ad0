package store

import (
	"testing"

	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

func Open(dsn string) *gorm.DB {
	db, err := gorm.Open(postgres.Open(dsn), &gorm.Config{}) // finding: PERF-002
	if err != nil {
		panic(err)
	}
	return db
}

func OpenMemory() *gorm.DB {
	db, _ := gorm.Open(sqlite.Open(":memory:"), &gorm.Config{}) // ok: a database of its own; mutate: s/sqlite.Open(":memory:")/postgres.Open("x")/
	return db
}

func OpenFor(tb testing.TB) *gorm.DB {
	db, _ := gorm.Open(postgres.Open("postgres://tried"), &gorm.Config{}) // ok: for tests; mutate: s/tb testing.TB/name string/
	return db
}
