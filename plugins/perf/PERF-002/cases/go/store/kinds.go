package store

import (
	"errors"

	"gorm.io/driver/mysql"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

func OpenKind(kind, dsn string) (db *gorm.DB, err error) {
	err = errors.New("no such kind: " + kind)
	switch kind {
	case "mysql":
		db, err = gorm.Open(mysql.Open(dsn), &gorm.Config{}) // finding: PERF-002
	case "postgres":
		db, err = gorm.Open(postgres.Open(dsn), &gorm.Config{}) // ok: a start takes one of the cases; mutate: s/	case "postgres":\n/	}\n	if err == nil {\n/
	}
	return db, err
}
