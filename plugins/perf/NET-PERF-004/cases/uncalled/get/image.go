package get

import "net/http"

type Store interface {
	Image(address string) error
}

type store struct{}

func Unused(address string) error {
	_, err := http.Get(address) // finding: NET-PERF-004 confidence: medium
	return err
}

func (s *store) Image(address string) error {
	_, err := http.Get(address) // finding: NET-PERF-004 confidence: high
	return err
}

func Show(kept Store, address string) error {
	return kept.Image(address)
}
