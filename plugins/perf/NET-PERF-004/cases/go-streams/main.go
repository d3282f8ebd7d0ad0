package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"strings"
)

type feed struct {
	Text string
}

func lines() error {
	answer, err := http.Get("https://news.example/lines") // finding: NET-PERF-004 confidence: medium
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	scanner := bufio.NewScanner(answer.Body)
	for scanner.Scan() {
		log.Println(scanner.Text())
	}
	return scanner.Err()
}

func events() error {
	reply, err := http.Get("https://news.example/json") // finding: NET-PERF-004 confidence: medium
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	decoder := json.NewDecoder(reply.Body)
	for {
		var one feed
		if err := decoder.Decode(&one); err != nil {
			return err
		}
		log.Println(one.Text)
	}
}

func one() (feed, error) {
	var all feed
	whole, err := http.Get("https://news.example/one") // finding: NET-PERF-004 confidence: high
	if err != nil {
		return all, err
	}
	defer whole.Body.Close()
	return all, json.NewDecoder(whole.Body).Decode(&all)
}

func pass(w http.ResponseWriter, r *http.Request) {
	film, err := http.Get("https://films.example" + r.URL.Path) // finding: NET-PERF-004 confidence: high
	if err != nil {
		return
	}
	defer film.Body.Close()
	_, _ = io.Copy(w, film.Body)
}

func upload(body io.Reader) error {
	sent, err := http.Post("https://films.example", "video/mp4", body) // finding: NET-PERF-004 confidence: high
	if err != nil {
		return err
	}
	return sent.Body.Close()
}

func relay(body io.Reader) error {
	request, err := http.NewRequest("PUT", "https://films.example", body)
	if err != nil {
		return err
	}
	given, err := http.DefaultClient.Do(request) // finding: NET-PERF-004 confidence: high
	if err != nil {
		return err
	}
	return given.Body.Close()
}

func note(text string) error {
	said, err := http.Post("https://news.example", "text/plain", strings.NewReader(text)) // finding: NET-PERF-004 confidence: high
	if err != nil {
		return err
	}
	defer said.Body.Close()
	var kept bytes.Buffer
	_, err = io.Copy(&kept, said.Body)
	return err
}

var subscriber = &http.Client{} // finding: NET-PERF-004 confidence: medium

func subscribe() error {
	told, err := subscriber.Get("https://news.example/lines") // ok: its client is told of
	if err != nil {
		return err
	}
	defer told.Body.Close()
	reader := bufio.NewReader(told.Body)
	for {
		line, err := reader.ReadString('\n')
		if err != nil {
			return err
		}
		log.Println(line)
	}
}

func main() {
	http.HandleFunc("/film", pass)
	http.HandleFunc("/all", func(w http.ResponseWriter, r *http.Request) {
		_ = lines()
		_ = events()
		_, _ = one()
		_ = upload(r.Body)
		_ = relay(r.Body)
		_ = note("hello")
		_ = subscribe()
	})
	_ = http.ListenAndServe(":8080", nil)
}
