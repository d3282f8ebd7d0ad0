package main

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

type entry struct {
	until time.Time
	posts []string
}

var (
	postCache = struct {
		sync.RWMutex
		posts map[int64]entry // finding: MEM-004
	}{
		posts: map[int64]entry{},
	}
)

var seenCache = struct {
	sync.Mutex
	seen map[int64]entry // ok: taken out again below; mutate: s/delete(seenCache.seen, id)/println(id)/
}{
	seen: map[int64]entry{},
}

func keep(userID int64, posts []string) {
	postCache.Lock()
	defer postCache.Unlock()
	postCache.posts[userID] = entry{time.Now().Add(time.Second), posts}
}

func see(userID int64) {
	seenCache.Lock()
	defer seenCache.Unlock()
	seenCache.seen[userID] = entry{}
}

func sweep() {
	seenCache.Lock()
	defer seenCache.Unlock()
	for id, one := range seenCache.seen {
		if one.until.Before(time.Now()) {
			delete(seenCache.seen, id)
		}
	}
}

func main() {
	go func() {
		for range time.Tick(time.Minute) {
			sweep()
		}
	}()
	http.HandleFunc("/posts", func(w http.ResponseWriter, r *http.Request) {
		userID, _ := strconv.ParseInt(r.FormValue("user"), 10, 64)
		see(userID)
		keep(userID, nil)
	})
	_ = http.ListenAndServe(":8080", nil)
}
