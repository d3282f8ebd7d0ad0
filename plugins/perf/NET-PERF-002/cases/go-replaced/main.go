package main

import (
	"net/http"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/gin-gonic/gin"
)

type Store struct {
	client *s3.Client
	kept   *s3.Client
}

func (s *Store) Init(region string) {
	s.client = s3.New(s3.Options{Region: region}) // finding: NET-PERF-002
}

func (s *Store) Keep(region string) {
	if s.kept == nil {
		// ok: made where there is none; mutate: s/if s.kept == nil {/{/
		s.kept = s3.New(s3.Options{Region: region})
	}
}

func orders(c *gin.Context) {
	store := &Store{}
	store.Init("eu-west-1")
	shared.Keep("eu-west-1")
	c.JSON(http.StatusOK, store)
}

var shared = &Store{}

func main() {
	r := gin.Default()
	r.GET("/orders", orders)
	r.Run()
}
