package shop

import (
	"bufio"
	"context"
	"os"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

type Store struct {
	client *dynamodb.Client
	table  string
}

func (s *Store) all(ctx context.Context) (*dynamodb.ScanOutput, error) {
	return s.client.Scan(ctx, &dynamodb.ScanInput{TableName: &s.table}) // finding: DB-PERF-030
}

func (s *Store) of(ctx context.Context, key string) (*dynamodb.QueryOutput, error) {
	return s.client.Query(ctx, &dynamodb.QueryInput{TableName: &s.table}) // ok: a query; mutate: s/s.client.Query(ctx, &dynamodb.QueryInput/s.client.Scan(ctx, &dynamodb.ScanInput/
}

func lines(file *os.File) int {
	count := 0
	scanner := bufio.NewScanner(file)
	for scanner.Scan() { // ok: another scan; mutate: s/scanner := bufio.NewScanner(file)/scanner := dynamodb.New(dynamodb.Options{})/
		count++
	}
	return count
}
