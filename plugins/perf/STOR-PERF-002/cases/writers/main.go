package main

import (
	"bytes"
	"io"
	"net/http"
	"os"
)

type held struct {
	http.ResponseWriter
	body bytes.Buffer
}

// finding: STOR-PERF-002 confidence: medium
func (h *held) Write(part []byte) (int, error) {
	return h.body.Write(part)
}

type seen struct {
	http.ResponseWriter
	body bytes.Buffer
}

// ok: the answer goes on as it comes; mutate: s|s.body.Write(part)\n	return s.ResponseWriter.Write(part)|return s.body.Write(part)|
func (s *seen) Write(part []byte) (int, error) {
	s.body.Write(part)
	return s.ResponseWriter.Write(part)
}

type counted struct {
	body bytes.Buffer
}

// ok: no answer
func (c *counted) Write(part []byte) (int, error) {
	return c.body.Write(part)
}

func film(w http.ResponseWriter, r *http.Request) {
	file, _ := os.Open("film.mp4")
	io.Copy(w, file)
}
