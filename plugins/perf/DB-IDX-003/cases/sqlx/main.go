package main

import (
	"net/http"

	"github.com/jmoiron/sqlx"
)

type api struct{ db *sqlx.DB }

func (a *api) events(w http.ResponseWriter, r *http.Request) {
	var ids []int64
	// finding: DB-IDX-003 confidence: medium
	a.db.Select(&ids, "SELECT id FROM audit_events WHERE account_id = $1 AND created_at > $2", r.FormValue("account"), r.FormValue("since"))
}

func main() {
	a := &api{}
	http.HandleFunc("/events", a.events)
	http.ListenAndServe(":8080", nil)
}
