package main

import (
	"database/sql"
	"net/http"
)

var db *sql.DB

func ofServer(w http.ResponseWriter, r *http.Request) {
	db.QueryContext(r.Context(), "SELECT load FROM servers WHERE id = $1", r.PathValue("id")) // ok: one of many servers; mutate: s|/servers/{id}/health|/health|
}

func main() {
	http.HandleFunc("GET /servers/{id}/health", ofServer)
	_ = http.ListenAndServe(":8080", nil)
}
