package main

import "database/sql"

func main() {
	sql.Open("pgx", "host=db")
}
