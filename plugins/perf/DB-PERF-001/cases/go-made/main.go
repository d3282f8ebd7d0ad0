package shop

import (
	"database/sql"
	"mime/multipart"
	"net/http"
	"os"
)

type store struct{ *sql.DB }

type claimResult struct {
	Code int
	ID   string
}

type recipe struct{ Title string }

func (s *store) ownerOf(id string) (int, error) {
	var owner int
	err := s.QueryRow("SELECT owner FROM recipes WHERE id = $1", id).Scan(&owner)
	return owner, err
}

func (s *store) create(one *recipe) error {
	stmt, err := s.Prepare("INSERT INTO recipes (title) VALUES ($1)")
	if err != nil {
		return err
	}
	defer stmt.Close()
	_, err = stmt.Exec(one.Title)
	return err
}

func claimAll(s *store, ids []string) []claimResult {
	all := []claimResult{}
	for _, id := range ids {
		result := claimResult{Code: 0, ID: id}
		owner, err := s.ownerOf(id) // finding: DB-PERF-001 confidence: high -- a value that is called a claim takes nothing
		if err == nil && owner == 0 {
			result.Code = http.StatusOK
		}
		all = append(all, result)
	}
	return all
}

func importAll(s *store, files []*multipart.FileHeader) {
	for _, file := range files {
		path := ""
		func() {
			opened, err := file.Open()
			if err != nil {
				return
			}
			defer opened.Close()
			kept, _ := os.CreateTemp("", "recipe")
			path = kept.Name()
		}()
		one := parsed(path)
		s.create(one) // finding: DB-PERF-001 confidence: medium -- the way from the file to the row is not followed, the row is made in the turn
	}
}

func countAll(s *store, files []*multipart.FileHeader) {
	total := &recipe{Title: "all"}
	for range files {
		s.create(total) // ok: nothing of the turn is stored; mutate: s/s.create(total)/made := parsed(name()); s.create(made)/
	}
}

func parsed(path string) *recipe { return &recipe{Title: path} }

func name() string { return "untitled" }

func serve(s *store) {
	http.HandleFunc("/claims", func(w http.ResponseWriter, r *http.Request) {
		r.ParseMultipartForm(1 << 20)
		claimAll(s, r.Form["id"])
		importAll(s, r.MultipartForm.File["files"])
		countAll(s, r.MultipartForm.File["files"])
	})
}
