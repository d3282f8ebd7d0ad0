package store

import (
	"database/sql"
	"net/http"

	_ "github.com/go-sql-driver/mysql"
)

var db *sql.DB

func Posts(w http.ResponseWriter, r *http.Request) {
	owner := r.FormValue("owner")
	db.Query("SELECT id, title FROM posts WHERE owner_id = ? AND status = ?", owner, "open")
	db.Query("SELECT id, title FROM posts WHERE slug = ? AND title = ?", r.FormValue("slug"), r.FormValue("title"))
	db.Query("SELECT id FROM posts WHERE status = ?", r.FormValue("status"))
	db.Query("SELECT id FROM posts WHERE handle = ?", r.FormValue("handle"))
	db.Query("SELECT id FROM posts WHERE token = ?", r.FormValue("token"))
	db.Query("SELECT 1 FROM subscribers WHERE email = ?", r.FormValue("email"))
	db.Query("SELECT 1 FROM subscribers WHERE post = ?", r.FormValue("post"))
}

func main() {
	http.HandleFunc("/posts", Posts)
	http.ListenAndServe(":80", nil)
}
