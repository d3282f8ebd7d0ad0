package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"

	"cloud.google.com/go/storage"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/rhnvrm/simples3"
)

type Store struct {
	client *s3.Client
	bucket *storage.BucketHandle
	simple *simples3.S3
}

func (s *Store) Object(ctx context.Context, key string) ([]byte, error) {
	object, err := s.client.GetObject(ctx, &s3.GetObjectInput{Bucket: aws.String("shop"), Key: aws.String(key)})
	if err != nil {
		return nil, err
	}
	defer object.Body.Close()
	return io.ReadAll(object.Body) // finding: STOR-PERF-002
}

func (s *Store) Blob(ctx context.Context, key string) ([]byte, error) {
	reader, err := s.bucket.Object(key).NewReader(ctx)
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	return io.ReadAll(reader) // finding: STOR-PERF-002
}

func (s *Store) Simple(key string) ([]byte, error) {
	file, err := s.simple.FileDownload(simples3.DownloadInput{Bucket: "shop", ObjectKey: key})
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file) // finding: STOR-PERF-002
}

func (s *Store) Settings(ctx context.Context) (map[string]string, error) {
	object, err := s.client.GetObject(ctx, &s3.GetObjectInput{Bucket: aws.String("shop"), Key: aws.String("settings")})
	if err != nil {
		return nil, err
	}
	defer object.Body.Close()
	content, err := io.ReadAll(object.Body) // ok: a document; mutate: s/json.Unmarshal(content, &found)/s.keep(content)/
	if err != nil {
		return nil, err
	}
	var found map[string]string
	return found, json.Unmarshal(content, &found)
}

func (s *Store) downloadArchive(client *http.Client, url string) ([]byte, error) {
	response, err := client.Get(url)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != 200 {
		reason, _ := io.ReadAll(response.Body) // ok: what says of a failure; mutate: s/response.StatusCode != 200/response.ContentLength > 0/
		s.keep(reason)
	}
	return io.ReadAll(response.Body) // finding: STOR-PERF-002
}

func (s *Store) limited(client *http.Client, url string) ([]byte, error) {
	archive, err := client.Get(url)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(archive.Body, 1<<20)) // ok: a limit
}

func (s *Store) keep(content []byte) {}
