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
	var total int
	db.QueryRow("SELECT count(*) FROM orders").Scan(&total) // finding: API-007 confidence: medium
	rows, _ := db.Query("SELECT id FROM orders ORDER BY id LIMIT $1 OFFSET $2", 20, r.FormValue("offset"))
	json.NewEncoder(w).Encode(map[string]any{"total": total, "rows": rows})
}

func documents(w http.ResponseWriter, r *http.Request) {
	skip := int64(len(r.FormValue("skip")))
	total, _ := orders.CountDocuments(context.TODO(), bson.D{}) // finding: API-007
	found, _ := orders.Find(context.TODO(), bson.D{}, options.Find().SetSkip(skip).SetLimit(20))
	json.NewEncoder(w).Encode(map[string]any{"total": total, "rows": found})
}

func main() {
	http.HandleFunc("/orders", list)
	http.HandleFunc("/documents", documents)
	http.ListenAndServe(":80", nil)
}
