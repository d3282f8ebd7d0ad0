package main

import (
	"database/sql"

	"github.com/XSAM/otelsql"
)

func open() (*sql.DB, error) { return otelsql.Open("pgx", "postgres://db/shop") }
