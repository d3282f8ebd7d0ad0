package main

import (
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"
)

var seen = map[string]int{}
var names = make(map[string]string)
var safe = map[string]int{}
var mutex sync.Mutex

func visit(w http.ResponseWriter, r *http.Request) {
	seen[r.URL.Path]++ // finding: CONC-004
}

func name(c *gin.Context) {
	names[c.Param("id")] = c.Param("name") // finding: CONC-004
}

func both(c *gin.Context) {
	names["last"] = c.Param("name") // finding: CONC-004
	c.JSON(200, names)
}

func locked(w http.ResponseWriter, r *http.Request) {
	mutex.Lock()
	defer mutex.Unlock()
	safe[r.URL.Path] = 1 // ok: a lock; mutate: s/	mutex.Lock()\n	defer mutex.Unlock()\n//
}

func own(w http.ResponseWriter, r *http.Request) {
	seen := map[string]int{}
	seen[r.URL.Path] = 1 // ok: a local; mutate: s/	seen := map[string]int{}\n//
}

type platform struct{ css string }

var current platform
var served int
var banner string
var theme = "light"
var ready bool
var chosen platform
var guarded platform
var platforms sync.Mutex

func page(w http.ResponseWriter, r *http.Request) {
	current = platform{} // finding: CONC-004
	served++             // finding: CONC-004
	if banner == "" {
		banner = "welcome" // ok: filled in once, the same whoever does it; mutate: s/if banner == ""/if r.Method == ""/
	}
	theme := r.URL.Query().Get("theme") // ok: a local; mutate: s/theme := r/theme = r/
	w.Write([]byte(theme))
}

func stop(w http.ResponseWriter, r *http.Request) {
	ready = false // ok: a switch of the process
}

func getPlatform(w http.ResponseWriter, r *http.Request) {
	chosen = platform{css: r.Host} // finding: CONC-004
	w.Write([]byte(chosen.css))
}

func held(w http.ResponseWriter, r *http.Request) {
	platforms.Lock()
	defer platforms.Unlock()
	guarded = platform{css: r.Host} // ok: a lock; mutate: s/	platforms.Lock()\n	defer platforms.Unlock()\n//
}

func main() {
	http.HandleFunc("/page", page)
	http.HandleFunc("/stop", stop)
	http.HandleFunc("/platform", getPlatform)
	http.HandleFunc("/held", held)
	http.HandleFunc("/", visit)
	http.HandleFunc("/locked", locked)
	http.HandleFunc("/own", own)
	router := gin.Default()
	router.GET("/name/:id/:name", name)
	router.GET("/both/:name", both)
	router.Run()
}
