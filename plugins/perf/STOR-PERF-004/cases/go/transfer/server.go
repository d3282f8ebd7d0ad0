package transfer

import "net/http"

func serve() {
	http.Handle("/files/", http.FileServer(http.Dir("out"))) // ok: what is fetched once by another program
	http.ListenAndServe(":8080", nil)
}
