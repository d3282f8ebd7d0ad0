package main

var queryCount int

func count() { queryCount++ }
