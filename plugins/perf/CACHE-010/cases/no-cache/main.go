package main

import (
	"net/http"
	"os"
)

// What lies on the disk is called a cache, and nothing in it is an entry that a write would have to take away.
type fileCache struct{ directory string }

func (c *fileCache) Write(name string, body []byte) error {
	return os.WriteFile(c.directory+"/"+name, body, 0o600)
}

func main() {
	files := &fileCache{directory: "/var/lib/letters"}
	http.HandleFunc("/letters", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		_ = files.Write(r.URL.Path, []byte("x"))
	})
	_ = http.ListenAndServe(":8080", nil)
}
