package main

import (
	"net/http"

	vault "github.com/hashicorp/vault/api"
	amqp "github.com/rabbitmq/amqp091-go"
	"google.golang.org/api/sheets/v4"
)

var shared, _ = vault.NewClient(nil) // ok: one per process

func secret(w http.ResponseWriter, r *http.Request) {
	client, _ := vault.NewClient(vault.DefaultConfig()) // finding: NET-PERF-002
	client.Logical().Read("secret/data/a")
	shared.Logical().Read("secret/data/b")
}

func rows(w http.ResponseWriter, r *http.Request) {
	service, _ := sheets.NewService(r.Context()) // finding: NET-PERF-002
	service.Spreadsheets.Values.Get("id", "A1:B2").Do()
}

func publish(w http.ResponseWriter, r *http.Request) {
	connection, _ := amqp.Dial("amqp://broker") // finding: NET-PERF-002
	defer connection.Close()
}

func main() {
	http.HandleFunc("/secret", secret)
	http.HandleFunc("/rows", rows)
	http.HandleFunc("/publish", publish)
	http.ListenAndServe(":8080", nil)
}
