package main

import "sync"

func all(numbers []int) {
	var group sync.WaitGroup
	for _, number := range numbers {
		group.Add(1)
		go func() {
			defer group.Done()
			_ = number
		}()
	}
	group.Wait()
}
