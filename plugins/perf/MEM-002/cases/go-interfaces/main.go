package main

import (
	"net/http"
	"os"

	"shop/store"
)

type Shop struct {
	files store.Files
}

func (s *Shop) picture(w http.ResponseWriter, r *http.Request) {
	file, err := os.CreateTemp("", "picture") // finding: MEM-002
	if err != nil {
		return
	}
	// What is removed stays open.
	defer os.Remove(file.Name())
	// Who stands behind the interface only reads it.
	if err := s.files.Copy("a.png", file); err != nil {
		return
	}
}

func (s *Shop) kept(w http.ResponseWriter, r *http.Request) {
	file, err := os.CreateTemp("", "picture") // ok: who stands behind the interface keeps it; mutate: s/files.Keep/files.Copy/
	if err != nil {
		return
	}
	s.files.Keep("a.png", file)
}

func main() {
	shop := &Shop{files: &store.Disk{}}
	http.HandleFunc("/picture", shop.picture)
	http.HandleFunc("/kept", shop.kept)
	http.ListenAndServe(":8080", nil)
}
