package main

import (
	"context"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/sns"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
)

func handle(ctx context.Context, request events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
	topics := sns.New(session.Must(session.NewSession())) // finding: LAMBDA-002
	if _, err := topics.Publish(&sns.PublishInput{}); err != nil {
		return events.APIGatewayProxyResponse{StatusCode: 502}, err
	}
	return store(ctx, request.Body)
}

func store(ctx context.Context, body string) (events.APIGatewayProxyResponse, error) {
	client, err := mongo.Connect(ctx, options.Client().ApplyURI("mongodb://db")) // finding: LAMBDA-002
	if err != nil {
		return events.APIGatewayProxyResponse{StatusCode: 502}, err
	}
	_, err = client.Database("shop").Collection("orders").InsertOne(ctx, body)
	return events.APIGatewayProxyResponse{StatusCode: 201}, err
}

func main() {
	lambda.Start(handle)
}
