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

type platform struct{ name string }

var plat platform
var loaded *platform
var guarded platform
var platforms sync.Mutex

func home(w http.ResponseWriter, r *http.Request) {
	plat = platform{name: r.Host} // finding: CONC-004
	if loaded == nil {
		loaded = &platform{name: "shop"} // ok: made once, the same whoever makes it
	}
	_, _ = w.Write([]byte(plat.name))
}

func held(w http.ResponseWriter, r *http.Request) {
	platforms.Lock()
	defer platforms.Unlock()
	guarded = platform{name: r.Host} // ok: a lock; mutate: s/	platforms.Lock()\n	defer platforms.Unlock()\n//
}

func main() {
	http.HandleFunc("/home", home)
	http.HandleFunc("/held", held)
	http.HandleFunc("/", visit)
	http.HandleFunc("/locked", locked)
	http.HandleFunc("/own", own)
	router := gin.Default()
	router.GET("/name/:id/:name", name)
	router.GET("/both/:name", both)
	router.Run()
}
