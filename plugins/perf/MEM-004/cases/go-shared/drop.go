package links

func (m *Manager) Drop(url, token string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.tokens, token)
	m.users = map[string]int{}
	visits.Delete(url)
}
