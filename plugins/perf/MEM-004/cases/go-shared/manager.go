package links

import (
	"sync"

	gocache "github.com/patrickmn/go-cache"
)

var owners sync.Map
var regions sync.Map
var visits sync.Map

type Manager struct {
	mu      sync.RWMutex
	links   map[string]string
	queues  map[string]int
	tokens  map[string]int
	users   map[string]int
	entries *gocache.Cache
}

type answer struct {
	bodies map[string]string
}

func (m *Manager) Track(url, region, userID, token string) string {
	m.mu.Lock()
	m.links[url] = "kept" // finding: MEM-004 confidence: medium
	m.queues[region] = 1   // ok: one per region; mutate: s/m.queues[region]/m.queues[userID]/
	m.tokens[token] = 1    // ok: entries are deleted; mutate: drop.go s/delete(m.tokens, token)/_ = m.tokens[token]/
	m.users[userID] = 1    // ok: begun anew now and then; mutate: drop.go s/m.users = map[string]int{}/_ = m.users/
	m.mu.Unlock()
	owners.Store(userID, url)   // finding: MEM-004 confidence: medium
	regions.Store(region, url)  // ok: one per region; mutate: s/regions.Store(region/regions.Store(userID/
	visits.LoadOrStore(url, 1)  // ok: entries are deleted; mutate: drop.go s/visits.Delete(url)/visits.Load(url)/
	var local sync.Map
	local.Store(userID, url)    // ok: gone with the call
	m.entries.Set("links_"+userID, url, gocache.NoExpiration)      // finding: MEM-004 confidence: medium
	m.entries.Set("links_"+userID, url, gocache.DefaultExpiration) // ok: goes after a time; mutate: s/gocache.DefaultExpiration/gocache.NoExpiration/
	m.entries.Set("links_all", url, gocache.NoExpiration)          // ok: one entry; mutate: s/"links_all"/"links_"+userID/
	one := answer{bodies: map[string]string{}}
	one.bodies[url] = "body" // ok: goes with the answer
	return one.bodies[url]
}
