package main

import (
	"errors"
	"io"
	"net/http"
	"os"
)

func early(w http.ResponseWriter, r *http.Request) {
	answer, err := http.Get("https://stock.example") // finding: MEM-002 confidence: medium
	if err != nil {
		return
	}
	if answer.StatusCode != http.StatusOK {
		w.WriteHeader(answer.StatusCode)
		return
	}
	defer answer.Body.Close()
	_, _ = io.Copy(w, answer.Body)
}

func branch(w http.ResponseWriter, r *http.Request) {
	answer, err := http.Get("https://stock.example") // finding: MEM-002 confidence: medium
	if err == nil {
		w.WriteHeader(200)
	}
	if answer.StatusCode == http.StatusOK {
		defer answer.Body.Close()
		_, _ = io.Copy(w, answer.Body)
	}
}

func each(w http.ResponseWriter, r *http.Request) {
	// ok: each way closes it; mutate: s/answer.Body.Close() \/\/ one way/println(1)/
	answer, err := http.Get("https://stock.example")
	if err != nil || answer == nil {
		return
	}
	if answer.StatusCode != http.StatusOK {
		answer.Body.Close() // one way
		return
	}
	_, _ = io.Copy(w, answer.Body)
	answer.Body.Close()
}

func maybe(w http.ResponseWriter, r *http.Request) {
	answer, err := http.Get("https://stock.example") // ok: where there is one, it is closed; mutate: s/if answer != nil {/if answer.StatusCode == 200 {/
	if answer != nil {
		defer answer.Body.Close()
	}
	if err != nil {
		return
	}
	_, _ = io.Copy(w, answer.Body)
}

func count(path string) (int, error) {
	file, err := os.Open(path) // ok: nothing leaves before it; mutate: s|defer file.Close() // at once|if path == "" {\nreturn 0, err\n}\ndefer file.Close()|
	if err != nil {
		return 0, err
	}
	defer file.Close() // at once
	if path == "-" {
		return 0, errors.New("no file")
	}
	return file.Read(make([]byte, 9))
}

func main() {
	http.HandleFunc("/early", early)
	http.HandleFunc("/branch", branch)
	http.HandleFunc("/each", each)
	http.HandleFunc("/maybe", maybe)
	http.HandleFunc("/otherwise", otherwise)
	http.HandleFunc("/together", together)
	http.HandleFunc("/well", well)
	http.HandleFunc("/count", func(w http.ResponseWriter, r *http.Request) {
		_, _ = count(r.URL.Path)
	})
	_ = http.ListenAndServe(":8080", nil)
}

func otherwise(w http.ResponseWriter, r *http.Request) {
	answer, err := http.Get("https://stock.example") // finding: MEM-002 confidence: medium
	if err != nil {
		return
	} else if answer.StatusCode != http.StatusOK {
		w.WriteHeader(answer.StatusCode)
		return
	}
	defer answer.Body.Close()
	_, _ = io.Copy(w, answer.Body)
}

func together(w http.ResponseWriter, r *http.Request) {
	answer, err := http.Get("https://stock.example") // finding: MEM-002 confidence: medium
	if err != nil || answer.StatusCode != http.StatusOK {
		w.WriteHeader(502)
		return
	}
	defer answer.Body.Close()
	_, _ = io.Copy(w, answer.Body)
}

func well(w http.ResponseWriter, r *http.Request) {
	// ok: closed in the branch that leaves too; mutate: s|answer.Body.Close() // before it leaves|println(2)|
	answer, err := http.Get("https://stock.example")
	if err != nil {
		return
	} else if answer.StatusCode != http.StatusOK {
		answer.Body.Close() // before it leaves
		return
	}
	defer answer.Body.Close()
	_, _ = io.Copy(w, answer.Body)
}
