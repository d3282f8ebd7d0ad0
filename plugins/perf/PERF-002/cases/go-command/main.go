package main

import (
	"database/sql"
	"net/http"
	"os"

	"github.com/urfave/cli/v2"
)

type store struct {
	*sql.DB
}

type service struct {
	db *store
}

func (s *service) connect() error {
	handle, err := sql.Open("postgres", os.Getenv("DATABASE_URL"))
	if err != nil {
		return err
	}
	s.db = &store{handle}
	return s.db.Ping() // finding: PERF-002
}

func (s *service) check() error {
	return s.db.Ping() // ok: asked by who wants to know, not at the start
}

func serve(c *cli.Context) error {
	s := &service{}
	if err := s.connect(); err != nil {
		return err
	}
	http.HandleFunc("/health", func(w http.ResponseWriter, r *http.Request) {
		_ = s.check()
	})
	return http.ListenAndServe(":8080", nil)
}

func main() {
	app := &cli.App{Commands: []*cli.Command{{Name: "serve", Action: serve}}}
	_ = app.Run(os.Args)
}
