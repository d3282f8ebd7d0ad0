package shop

import (
	"net/http"
	"sync"

	"example.com/shop/core"
)

type App struct {
	core *core.Core
	sync.Mutex
}

func (a *App) list(w http.ResponseWriter, r *http.Request) {
	for _, id := range r.URL.Query()["id"] {
		a.core.Order(id) // finding: DB-PERF-001
		a.Lock()
		a.Unlock()
	}
}
