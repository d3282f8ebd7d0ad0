package main

import (
	"encoding/json"
	"net/http"
	"sync"
	"time"
)

var results = make(map[int][]bool)
var won, lost = make(chan int), make(chan int)

func keepWon(id int) {
	results[id] = append(results[id], true) // finding: CONC-004
}

func keepLost(id int) {
	results[id] = append(results[id], false) // finding: CONC-004
}

func readWon() {
	for id := range won {
		keepWon(id)
	}
}

func readLost() {
	for id := range lost {
		keepLost(id)
	}
}

// One goroutine writes, and nobody else.
var counts = make(map[int]int)
var counted = make(chan int)

func readCounted() {
	for id := range counted {
		counts[id]++ // ok: one goroutine; mutate: s/	go readCounted()/	go readCounted()\n	go readCounted()/
	}
}

// Several write, one after the other.
var guarded = make(map[int]int)
var mutex sync.Mutex

func guard(id int) {
	mutex.Lock()
	defer mutex.Unlock()
	guarded[id]++ // ok: a lock; mutate: s/	mutex.Lock()\n	defer mutex.Unlock()\n//
}

func worker(id int) {
	for {
		guard(id)
		time.Sleep(time.Second)
	}
}

// Filled before anything else runs.
var names = make(map[int]string)

func fill() {
	names[1] = "one" // ok: at the start
}

func init() {
	fill()
}

var ratios = map[string]float64{}

func updateRatios(text string) error {
	ratios = make(map[string]float64) // finding: CONC-004 -- what is returned is an error, and no map
	return json.Unmarshal([]byte(text), &ratios)
}

func change(w http.ResponseWriter, r *http.Request) {
	if err := updateRatios(r.FormValue("ratios")); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
}

func main() {
	go readWon()
	go readLost()
	go readCounted()
	for id := 0; id < 4; id++ {
		go worker(id)
	}
	http.HandleFunc("/change", change)
	http.ListenAndServe(":8080", nil)
}
