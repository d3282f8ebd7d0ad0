package main

import (
	"html/template"
	"net/http"
)

var page = template.Must(template.New("page").Parse("<html></html>"))

func orders(w http.ResponseWriter, r *http.Request) { page.Execute(w, nil) }
