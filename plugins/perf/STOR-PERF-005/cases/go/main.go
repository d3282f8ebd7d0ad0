package main

import (
	"context"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/gin-gonic/gin"
	"github.com/minio/minio-go/v7"
)

var client = s3.NewFromConfig(aws.Config{})
var store, _ = minio.New("store:9000", nil)

func drop(key string) {
	client.DeleteObject(context.Background(), &s3.DeleteObjectInput{Bucket: aws.String("orders"), Key: aws.String(key)})
}

func clear(c *gin.Context) {
	keys := c.QueryArray("key")
	for _, key := range keys {
		client.DeleteObject(c, &s3.DeleteObjectInput{Bucket: aws.String("orders"), Key: aws.String(key)}) // finding: STOR-PERF-005
	}
	for _, key := range keys {
		store.RemoveObject(c, "orders", key, minio.RemoveObjectOptions{}) // finding: STOR-PERF-005
	}
	for _, key := range keys {
		drop(key) // finding: STOR-PERF-005
	}
	c.Status(http.StatusNoContent)
}

func main() {
	router := gin.Default()
	router.DELETE("/files", clear)
	router.Run()
}
