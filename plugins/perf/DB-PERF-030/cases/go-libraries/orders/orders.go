package orders

import (
	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/dynamodb"
)

var client = dynamodb.New(session.Must(session.NewSession()))

func open() (*dynamodb.ScanOutput, error) {
	return client.Scan(&dynamodb.ScanInput{TableName: aws.String("orders")}) // finding: DB-PERF-030
}

func each(take func(*dynamodb.ScanOutput, bool) bool) error {
	return client.ScanPages(&dynamodb.ScanInput{TableName: aws.String("orders")}, take) // finding: DB-PERF-030
}
