package main

import (
	"context"
	"net/http"

	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
)

func main() {
	few := options.Client().ApplyURI("mongodb://db").SetMaxPoolSize(2) // finding: DB-PERF-012 confidence: high
	many := options.Client().SetMaxPoolSize(80) // ok: wide enough; mutate: s/(80)/(4)/
	mongo.Connect(context.Background(), few)
	mongo.Connect(context.Background(), many)
	http.ListenAndServe(":8080", nil)
}
