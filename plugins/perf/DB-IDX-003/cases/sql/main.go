package main

import (
	"database/sql"
	"net/http"
)

var db *sql.DB

func events(w http.ResponseWriter, r *http.Request) {
	// finding: DB-IDX-003 confidence: medium
	db.Query("SELECT id FROM audit_events WHERE account_id = $1 ORDER BY created_at DESC LIMIT 50", r.FormValue("account"))
	// ok: one index holds both; mutate: db/schema.sql s/(team_id, created_at DESC)/(team_id)/
	db.Query("SELECT id FROM audit_events WHERE team_id = $1 ORDER BY created_at DESC LIMIT 50", r.FormValue("team"))
}

func main() {
	http.HandleFunc("/events", events)
	http.ListenAndServe(":8080", nil)
}
