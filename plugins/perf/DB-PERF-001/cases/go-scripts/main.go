package shop

import (
	"database/sql"
	"fmt"
	"strings"
)

func createAll(db *sql.DB, script string) {
	for _, query := range strings.Split(script, ";\n") {
		db.Exec(query) // ok: the statements of a script; mutate: s/db.Exec(query)/db.Exec("UPDATE notes SET seen = true WHERE text = $1", query)/
	}
}

func makeDatabases(db *sql.DB, names []string) {
	for at, name := range names {
		db.Exec(fmt.Sprintf("CREATE DATABASE %s_%d", name, at)) // ok: a statement makes one; mutate: s/fmt.Sprintf("CREATE DATABASE %s_%d", name, at)/"DELETE FROM databases WHERE name = $1 AND at = $2", name, at/
	}
}
