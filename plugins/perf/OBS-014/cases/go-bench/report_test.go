package main

import "testing"

func BenchmarkReport(b *testing.B) {
	b.ReportAllocs()
}
