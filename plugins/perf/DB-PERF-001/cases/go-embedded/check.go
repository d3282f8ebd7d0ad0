package shop

func (a *App) check(id string) { a.core.Order(id) }

func (a *App) all(ids []string) {
	for _, id := range ids {
		a.check(id) // finding: DB-PERF-001
	}
}
