package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
)

var db *sql.DB
var orders *mongo.Collection

func list(w http.ResponseWriter, r *http.Request) {
	rows, _ := db.Query("SELECT id FROM orders ORDER BY id LIMIT $1 OFFSET $2", 20, r.FormValue("offset")) // finding: API-006 confidence: medium
	json.NewEncoder(w).Encode(rows)
}

func documents(w http.ResponseWriter, r *http.Request) {
	skip := int64(len(r.FormValue("skip")))
	found, _ := orders.Find(context.TODO(), bson.D{}, options.Find().SetSkip(skip).SetLimit(20)) // finding: API-006 confidence: medium
	json.NewEncoder(w).Encode(found)
}

func main() {
	http.HandleFunc("/orders", list)
	http.HandleFunc("/documents", documents)
	http.ListenAndServe(":80", nil)
}
