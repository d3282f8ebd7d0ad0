package main

import "testing"

func BenchmarkSum(b *testing.B) {
}
