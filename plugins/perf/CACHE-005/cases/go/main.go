package main

import (
	"net/http"
	"time"

	"github.com/allegro/bigcache"
	"github.com/dgraph-io/ristretto"
	gocache "github.com/patrickmn/go-cache"
)

var orders = gocache.New(5*time.Minute, 10*time.Minute) // finding: CACHE-005 confidence: low
var users, _ = bigcache.NewBigCache(bigcache.DefaultConfig(time.Minute)) // finding: CACHE-005 confidence: low
var pages, _ = ristretto.NewCache(&ristretto.Config{NumCounters: 1000}) // finding: CACHE-005 confidence: low

func list(w http.ResponseWriter, r *http.Request) {
	found, _ := orders.Get("all")
	w.Write([]byte(found.(string)))
}

func main() {
	http.HandleFunc("/orders", list)
	http.ListenAndServe(":80", nil)
}
