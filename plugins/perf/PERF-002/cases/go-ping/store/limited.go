package store

import "database/sql"

func OpenLimited() (*sql.DB, error) {
	db, err := sql.Open("postgres", "postgres://shop?connect_timeout=3")
	if err != nil {
		return nil, err
	}
	return db, db.Ping() // ok: the address has a limit; mutate: s/?connect_timeout=3//
}
