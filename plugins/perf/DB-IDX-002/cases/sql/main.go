package main

import (
	"database/sql"
	"net/http"
)

var db *sql.DB

func events(w http.ResponseWriter, r *http.Request) {
	db.Query("SELECT id, actor_key FROM audit_events ORDER BY created_at DESC LIMIT 50")
	db.Query("SELECT id FROM audit_events WHERE actor_key = $1", r.FormValue("actor"))
	db.Query("SELECT id FROM audit_events WHERE request_id = $1", r.FormValue("request"))
}

func main() {
	http.HandleFunc("/events", events)
	http.ListenAndServe(":8080", nil)
}
