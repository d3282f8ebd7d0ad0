package shop

import (
	"context"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

type Store struct{ orders *mongo.Collection }

func New(ctx context.Context, db *mongo.Database) *Store {
	orders := db.Collection("orders")
	orders.Indexes().CreateOne(ctx, mongo.IndexModel{Keys: bson.D{{Key: "number", Value: 1}}})
	return &Store{orders: db.Collection("orders")}
}

func (s *Store) Of(ctx context.Context, db *mongo.Database, user, number string) {
	db.Collection("orders").FindOne(ctx, bson.M{"user": user})     // finding: DB-PERF-010
	db.Collection("orders").FindOne(ctx, bson.M{"number": number}) // ok: indexed; mutate: s/{{Key: "number", Value: 1}}/{{Key: "state", Value: 1}}/
}

func (s *Store) All(ctx context.Context, db *mongo.Database, user string) {
	db.Collection("orders").Find(ctx, bson.D{{"user", user}}) // finding: DB-PERF-010
}
