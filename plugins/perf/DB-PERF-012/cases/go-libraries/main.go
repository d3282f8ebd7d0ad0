package main

import (
	"net/http"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

func main() {
	one, _ := mongo.Connect(options.Client().ApplyURI("mongodb://db/shop?maxPoolSize=1")) // finding: DB-PERF-012
	few, _ := mongo.Connect(options.Client().ApplyURI("mongodb://db/shop").SetMaxPoolSize(3)) // finding: DB-PERF-012
	all, _ := mongo.Connect(options.Client().ApplyURI("mongodb://db/shop?maxPoolSize=100")) // ok: the default; mutate: s/maxPoolSize=100/maxPoolSize=2/
	_, _, _ = one, few, all
	http.ListenAndServe(":8080", nil)
}
