package main

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

var cfg aws.Config

var files = s3.NewFromConfig(cfg) // ok: made with the package

type event struct{ ID string }

func handle(ctx context.Context, e event) error {
	// finding: LAMBDA-002 confidence: high
	client := dynamodb.NewFromConfig(cfg)
	_, err := client.GetItem(ctx, &dynamodb.GetItemInput{})
	return notify(ctx, err)
}

func notify(ctx context.Context, err error) error {
	// finding: LAMBDA-002 confidence: high
	queue := sqs.NewFromConfig(cfg)
	_, sent := queue.SendMessage(ctx, &sqs.SendMessageInput{})
	_ = files
	return sent
}

func main() {
	lambda.Start(handle)
}
