package main

import (
	"net/http"
	"log/slog"
	"os"
)

func main() {
	http.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) { w.Write(nil) })
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, nil)))
	http.ListenAndServe(":8080", nil)
}
