package shop

import (
	"context"

	"cloud.google.com/go/firestore"
)

func Orders(ctx context.Context, client *firestore.Client, customer string) {
	client.Collection("orders").Where("customer", "==", customer).OrderBy("created_at", firestore.Desc).Documents(ctx) // finding: DB-PERF-002
	client.Collection("orders").Where("total", ">", 3).Where("count", "<", 3).Documents(ctx)                           // finding: DB-PERF-002
	client.Collection("orders").Where("shop", "==", "a").OrderBy("created_at", firestore.Desc).Documents(ctx)          // ok: declared; mutate: firestore.indexes.json s/"shop"/"shops"/
}

func Newest(ctx context.Context, client *firestore.Client, shop string) {
	orders := client.Collection("orders").Where("shop", "==", shop)
	orders.OrderBy("total", firestore.Asc).Documents(ctx) // finding: DB-PERF-002
}
