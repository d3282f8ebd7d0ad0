package pkg

import (
	"io"
	"net/http"

	"github.com/gorilla/mux"
)

var client = &http.Client{} // finding: NET-PERF-004

var other = &http.Client{ // finding: NET-PERF-004
	CheckRedirect: nil,
}

func Routes(router *mux.Router) {
	router.HandleFunc("/stock", func(w http.ResponseWriter, r *http.Request) {
		answer, err := http.Get("https://stock.internal/all") // finding: NET-PERF-004
		if err != nil {
			return
		}
		defer answer.Body.Close()
		_, _ = io.ReadAll(answer.Body)
	})
}
