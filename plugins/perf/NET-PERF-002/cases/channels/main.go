package main

import (
	"net/http"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

type partner struct{ Address string }

func find(id string) (*partner, error) {
	return &partner{Address: id + ".example:443"}, nil
}

func stock(w http.ResponseWriter, r *http.Request) {
	conn, err := grpc.NewClient("stock:443", grpc.WithTransportCredentials(insecure.NewCredentials())) // finding: NET-PERF-002
	if err != nil {
		return
	}
	defer conn.Close()
}

func pull(w http.ResponseWriter, r *http.Request) {
	other, err := find(r.FormValue("partner"))
	if err != nil {
		return
	}
	// finding: NET-PERF-002 confidence: low
	conn, err := grpc.NewClient(other.Address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return
	}
	defer conn.Close()
}

func main() {
	http.HandleFunc("/stock", stock)
	http.HandleFunc("/pull", pull)
	shared, _ := grpc.NewClient("prices:443", grpc.WithTransportCredentials(insecure.NewCredentials())) // ok: one for the process
	defer shared.Close()
	_ = http.ListenAndServe(":8080", nil)
}
