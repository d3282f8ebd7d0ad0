package shop

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

func prepare(ctx context.Context, db *mongo.Database) {
	db.Collection("sessions").Indexes().CreateOne(ctx, mongo.IndexModel{Keys: bson.D{{Key: "token", Value: 1}}})
}

func session(ctx context.Context, db *mongo.Database, token, user string) {
	db.Collection("sessions").FindOne(ctx, bson.M{"token": token}) // ok: indexed; mutate: s/Key: "token"/Key: "state"/
	db.Collection("sessions").FindOne(ctx, bson.M{"user": user})   // finding: DB-PERF-010
}
