package main

import (
	"context"
	"net/http"

	secretmanager "cloud.google.com/go/secretmanager/apiv1"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/hashicorp/vault/api"
)

func token(ctx context.Context) string {
	client, err := secretmanager.NewClient(ctx)
	if err != nil {
		return ""
	}
	answer, _ := client.AccessSecretVersion(ctx, nil) // finding: PERF-005 confidence: medium
	return string(answer.Payload.Data)
}

func mail(cfg aws.Config) string {
	client := secretsmanager.NewFromConfig(cfg)
	answer, _ := client.GetSecretValue(context.Background(), nil) // finding: PERF-005 confidence: medium
	return *answer.SecretString
}

func handle(w http.ResponseWriter, r *http.Request) {
	client, _ := api.NewClient(nil)
	client.Logical().Read("secret/shop") // ok: part of a request, not of the start
}

func main() {
	client, _ := api.NewClient(nil)
	client.Logical().Read("secret/shop") // finding: PERF-005 confidence: medium
	token(context.Background())
	mail(aws.Config{})
	http.HandleFunc("/", handle)
	http.ListenAndServe(":8080", nil)
}
