package main

import (
	"net/http"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go/service/s3/s3manager"
	"github.com/gin-gonic/gin"
	minio "github.com/minio/minio-go/v7"
)

type store struct {
	client  *s3.Client
	objects *minio.Client
}

func photo(w http.ResponseWriter, r *http.Request) {
	file, header, _ := r.FormFile("photo") // finding: STOR-PERF-003
	uploader := s3manager.NewUploader(session)
	uploader.Upload(&s3manager.UploadInput{Bucket: &bucket, Key: &header.Filename, Body: file})
}

func (s *store) film(c *gin.Context) {
	header, _ := c.FormFile("film") // finding: STOR-PERF-003
	file, _ := header.Open()
	s.client.PutObject(c, &s3.PutObjectInput{Body: file})
}

func (s *store) scan(w http.ResponseWriter, r *http.Request) {
	file, header, _ := r.FormFile("scan") // finding: STOR-PERF-003
	s.objects.PutObject(r.Context(), "scans", header.Filename, file, header.Size, minio.PutObjectOptions{})
}

func (s *store) note(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<18)
	file, header, _ := r.FormFile("note") // ok: at most 256 kB; mutate: s/1<<18/1<<28/
	s.objects.PutObject(r.Context(), "notes", header.Filename, file, header.Size, minio.PutObjectOptions{})
}

func main() {
	s := &store{}
	http.HandleFunc("/photo", photo)
	http.HandleFunc("/scan", s.scan)
	http.HandleFunc("/note", s.note)
	gin.Default().POST("/film", s.film)
}
