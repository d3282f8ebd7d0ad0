package main

import (
	"errors"
	"io"
	"log"
	"net/http"
	"os"

	"github.com/PuerkitoBio/goquery"
)

type Server struct {
	logger *log.Logger
}

func (s *Server) discard(f *os.File) {
	if f != nil {
		_ = f.Close() // done with
		_ = os.Remove(f.Name())
	}
}

func (s *Server) name(f *os.File) string {
	return f.Name()
}

func (s *Server) scan(w http.ResponseWriter, r *http.Request) {
	file, err := os.CreateTemp("", "scan-") // ok: a method closes it; mutate: s/_ = f.Close()/_ = f.Sync()/
	defer s.discard(file)
	if err != nil {
		return
	}
	_, _ = io.Copy(file, r.Body)
}

func (s *Server) keep(w http.ResponseWriter, r *http.Request) {
	file, err := os.CreateTemp("", "keep-") // finding: MEM-002
	if err != nil {
		return
	}
	_, _ = io.WriteString(w, s.name(file))
}

func logTo(logger *log.Logger, path string) {
	f, err := os.OpenFile(path, os.O_APPEND, 0o644) // ok: the logger writes to it for as long as it lives; mutate: s/logger.SetOutput(f)/logger.Println(f.Name())/
	if err != nil {
		return
	}
	logger.SetOutput(f)
}

func logToBoth(logger *log.Logger, path string) {
	f, err := os.OpenFile(path, os.O_APPEND, 0o644) // ok: what writes to both is kept; mutate: s/io.MultiWriter(os.Stderr, f)/io.MultiWriter(os.Stderr)/
	if err != nil {
		return
	}
	both := io.MultiWriter(os.Stderr, f)
	logger.SetOutput(both)
}

func copyToBoth(w http.ResponseWriter, r *http.Request) {
	f, err := os.Create("orders.txt") // finding: MEM-002
	if err != nil {
		return
	}
	_, _ = io.Copy(io.MultiWriter(w, f), r.Body)
}

func page(w http.ResponseWriter, r *http.Request) {
	answer, err := http.Get("https://pages.example") // ok: the parser closes the body; mutate: s/goquery.NewDocumentFromResponse(answer)/goquery.NewDocumentFromReader(answer.Body)/
	if err != nil {
		return
	}
	document, _ := goquery.NewDocumentFromResponse(answer)
	_, _ = io.WriteString(w, document.Text())
}

func download(url string) (io.ReadCloser, string, error) {
	answer, err := http.Get(url) // ok: the caller closes the body; mutate: s/return answer.Body, /return nil, /
	if err != nil {
		return nil, "", err
	}
	return answer.Body, answer.Header.Get("Content-Type"), nil
}

func status(url string) (int, error) {
	answer, err := http.Get(url) // finding: MEM-002
	if err != nil {
		return 0, err
	}
	if answer.Body == nil {
		return 0, errors.New("empty")
	}
	return answer.StatusCode, nil
}

func main() {
	server := &Server{logger: log.Default()}
	logTo(server.logger, "a.log")
	logToBoth(server.logger, "b.log")
	http.HandleFunc("/scan", server.scan)
	http.HandleFunc("/keep", server.keep)
	http.HandleFunc("/copy", copyToBoth)
	http.HandleFunc("/page", page)
	http.HandleFunc("/text", func(w http.ResponseWriter, r *http.Request) {
		body, _, err := download("https://text.example")
		if err == nil {
			defer body.Close()
			_, _ = io.Copy(w, body)
		}
		_, _ = status("https://text.example")
	})
	_ = http.ListenAndServe(":8080", nil)
}
