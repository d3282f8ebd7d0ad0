package main

import (
	"context"

	"github.com/hibiken/asynq"
	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/charge"
	"github.com/stripe/stripe-go/v76/refund"
	"go.mongodb.org/mongo-driver/mongo"
)

var entries *mongo.Collection

func pay(ctx context.Context, task *asynq.Task) error {
	_, err := charge.New(&stripe.ChargeParams{}) // finding: JOB-001
	return err
}

func giveBack(ctx context.Context, task *asynq.Task) error {
	_, err := refund.New(&stripe.RefundParams{}) // finding: JOB-001
	return err
}

func book(ctx context.Context, task *asynq.Task) error {
	_, err := entries.InsertOne(ctx, task.Payload()) // finding: JOB-001
	return err
}

func once(ctx context.Context, task *asynq.Task) error {
	params := &stripe.ChargeParams{}
	params.SetIdempotencyKey(string(task.Payload()))
	_, err := charge.New(params) // ok: a key; mutate: s/params.SetIdempotencyKey(string(task.Payload()))/_ = task/
	return err
}

func main() {
	mux := asynq.NewServeMux()
	mux.HandleFunc("pay", pay)
	mux.HandleFunc("refund", giveBack)
	mux.HandleFunc("book", book)
	mux.HandleFunc("once", once)
}
