package main

import (
	"net/http"

	"cloud.google.com/go/bigtable"
	"cloud.google.com/go/datastore"
	"cloud.google.com/go/spanner"
	"github.com/aws/aws-sdk-go/service/dynamodb/dynamodbiface"
	"github.com/globalsign/mgo"
	"github.com/gocql/gocql"
	"github.com/guregu/dynamo"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/olivere/elastic/v7"
)

type services struct {
	mongo   *mgo.Session
	columns *gocql.Session
	graph   neo4j.DriverWithContext
	search  *elastic.Client
	data    *datastore.Client
	spanner *spanner.Client
	table   *bigtable.Table
	dynamo  dynamo.Table
	api     dynamodbiface.DynamoDBAPI
}

func (s *services) documents(w http.ResponseWriter, r *http.Request) {
	orders := s.mongo.Copy().DB("shop").C("orders")
	for _, id := range ids(r) {
		orders.FindId(id).One(new(order)) // finding: DB-PERF-001
	}
	bulk := orders.Bulk()
	for _, id := range ids(r) {
		bulk.Insert(id) // ok: sent with the others; mutate: s/bulk.Insert/orders.Insert/
	}
	bulk.Run()
}

func (s *services) wide(w http.ResponseWriter, r *http.Request) {
	for _, id := range ids(r) {
		s.columns.Query("SELECT title FROM orders WHERE id = ?", id).WithContext(r.Context()).Scan(&id) // finding: DB-PERF-001
	}
	batch := s.columns.NewBatch(gocql.LoggedBatch)
	for _, id := range ids(r) {
		batch.Query("INSERT INTO orders (id) VALUES (?)", id) // ok: sent with the others; mutate: s/batch.Query("INSERT INTO orders (id) VALUES (?)", id)/s.columns.Query("INSERT INTO orders (id) VALUES (?)", id).Exec()/
	}
	s.columns.ExecuteBatch(batch)
}

func (s *services) related(w http.ResponseWriter, r *http.Request) {
	session := s.graph.NewSession(r.Context(), neo4j.SessionConfig{})
	for _, id := range ids(r) {
		session.Run(r.Context(), "MATCH (o {id: $id}) RETURN o", map[string]any{"id": id}) // finding: DB-PERF-001
	}
}

func (s *services) found(w http.ResponseWriter, r *http.Request) {
	for _, id := range ids(r) {
		s.search.Index().Index("orders").Id(id).Do(r.Context()) // finding: DB-PERF-001
	}
	for _, id := range ids(r) {
		s.search.Search().Index("orders").Query(elastic.NewTermQuery("id", id)).Do(r.Context()) // ok: one question each: only waiting side by side helps
	}
}

func (s *services) clouds(w http.ResponseWriter, r *http.Request) {
	for _, id := range ids(r) {
		s.data.Get(r.Context(), datastore.NameKey("order", id, nil), new(order)) // finding: DB-PERF-001
	}
	for _, id := range ids(r) {
		s.spanner.Single().ReadRow(r.Context(), "orders", spanner.Key{id}, nil) // finding: DB-PERF-001
	}
	for _, id := range ids(r) {
		s.table.ReadRow(r.Context(), id) // finding: DB-PERF-001
	}
	for _, id := range ids(r) {
		s.dynamo.Get("id", id).One(new(order)) // finding: DB-PERF-001
	}
}

func register(s *services) {
	http.HandleFunc("/documents", s.documents)
	http.HandleFunc("/wide", s.wide)
	http.HandleFunc("/related", s.related)
	http.HandleFunc("/found", s.found)
	http.HandleFunc("/clouds", s.clouds)
}
