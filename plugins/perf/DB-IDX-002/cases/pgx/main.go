package main

import (
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"
)

type api struct{ pool *pgxpool.Pool }

func (a *api) finished(w http.ResponseWriter, r *http.Request) {
	a.pool.Query(r.Context(), "SELECT id, state FROM job_runs WHERE finished_at > $1", r.FormValue("since"))
}

func main() {
	a := &api{}
	http.HandleFunc("/finished", a.finished)
	http.ListenAndServe(":8080", nil)
}
