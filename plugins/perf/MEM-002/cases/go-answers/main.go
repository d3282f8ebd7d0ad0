package main

import (
	"context"
	"encoding/json"
	"errors"
	"mime/multipart"
	"net/http"

	"github.com/gin-gonic/gin"
)

type doer interface {
	Do(req *http.Request) (*http.Response, error)
}

type rates struct {
	client doer
}

func (r rates) token(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, "POST", "https://rates.example/token", nil)
	if err != nil {
		return err
	}
	resp, err := r.client.Do(req) // finding: MEM-002
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return errors.New("no token")
	}
	return nil
}

func (r rates) latest(ctx context.Context, into any) error {
	req, err := http.NewRequestWithContext(ctx, "GET", "https://rates.example/latest", nil)
	if err != nil {
		return err
	}
	resp, err := r.client.Do(req) // ok: closed behind the check; mutate: s/defer resp.Body.Close()//
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(into)
}

type job struct{ StatusCode int }

func (r rates) run(queue interface {
	Do(name string) (*job, error)
}) int {
	done, _ := queue.Do("rates") // ok: no request is sent, and a job has no body
	return done.StatusCode
}

func picture(c *gin.Context) {
	header, err := c.FormFile("picture")
	if err != nil {
		return
	}
	picture, err := header.Open() // finding: MEM-002
	if err != nil {
		return
	}
	_, _ = picture.Read(make([]byte, 200))
}

func sheet(header *multipart.FileHeader) int {
	sheet, err := header.Open() // ok: closed when the function ends; mutate: s/defer sheet.Close()//
	if err != nil {
		return 0
	}
	defer sheet.Close()
	read, _ := sheet.Read(make([]byte, 200))
	return read
}

func main() {
	r := rates{client: http.DefaultClient}
	http.HandleFunc("/rates", func(w http.ResponseWriter, req *http.Request) {
		_ = r.token(req.Context())
		_ = r.latest(req.Context(), w)
		_ = r.run(nil)
	})
	router := gin.Default()
	router.POST("/picture", picture)
	sheet(nil)
	_ = http.ListenAndServe(":8080", nil)
}
