package store

import "database/sql"

var steps = map[int]func(db *sql.DB) error{0: migrateFrom0, 1: migrateFrom1}

func open(db *sql.DB, version, last int) error {
	for i := version; i < last; i++ {
		step := steps[i]
		// finding: DB-PERF-001 confidence: low -- a step to the next version of the schema is done once
		if err := step(db); err != nil {
			return err
		}
	}
	return nil
}

func migrateFrom0(db *sql.DB) error {
	row := db.QueryRow("SELECT name FROM owners LIMIT 1")
	var name string
	return row.Scan(&name)
}

func migrateFrom1(db *sql.DB) error {
	row := db.QueryRow("SELECT place FROM owners LIMIT 1")
	var place string
	return row.Scan(&place)
}

func owners(db *sql.DB, ids []int) error {
	for _, id := range ids {
		if err := owner(db, id); err != nil { // finding: DB-PERF-001
			return err
		}
	}
	return nil
}

func owner(db *sql.DB, id int) error {
	row := db.QueryRow("SELECT name FROM owners WHERE id = $1", id)
	var name string
	return row.Scan(&name)
}
