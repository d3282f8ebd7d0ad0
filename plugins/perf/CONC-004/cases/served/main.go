package main

import (
	"net/http"
	"sync"
)

type shop struct {
	mutex  sync.Mutex
	prices map[string]string
	kept   map[string]string
	served int
	user   string
	rows   []string
	first  string
}

func (s *shop) price(w http.ResponseWriter, r *http.Request) {
	s.prices[r.URL.Path] = r.URL.RawQuery // finding: CONC-004
	s.served++                            // finding: CONC-004
	s.user = r.Header.Get("User")         // finding: CONC-004
	s.rows[0] = "none"                    // ok: a slice keeps its place; mutate: s/rows   []string/rows   map[int]string/
	if s.first == "" {
		s.first = r.URL.Path // ok: filled in once; mutate: s/if s.first == ""/if r.URL.Path == ""/
	}
}

func (s *shop) locked(w http.ResponseWriter, r *http.Request) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.kept[r.URL.Path] = "yes" // ok: a lock; mutate: s/	s.mutex.Lock()\n	defer s.mutex.Unlock()\n//
}

type visit struct{ seen map[string]bool }

func (v *visit) note(name string) {
	v.seen[name] = true // ok: of one request
}

func (v visit) copied(w http.ResponseWriter, r *http.Request) {
	v.seen = map[string]bool{r.URL.Path: true} // ok: a copy; mutate: s/func (v visit) copied/func (v *visit) copied/
	v.note(r.URL.Path)
}

func main() {
	s := &shop{prices: map[string]string{}, kept: map[string]string{}}
	v := &visit{}
	http.HandleFunc("/price", s.price)
	http.HandleFunc("/locked", s.locked)
	http.HandleFunc("/copied", v.copied)
	http.ListenAndServe(":8080", nil)
}
