package main

import (
	"context"
	"database/sql"

	"cloud.google.com/go/bigquery"
	_ "github.com/snowflakedb/gosnowflake"
)

func visits(ctx context.Context, client *bigquery.Client) (*bigquery.RowIterator, error) {
	q := client.Query("SELECT day FROM web.visits")
	q.DisableQueryCache = true // finding: CACHE-015
	return q.Read(ctx)
}

func begin(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, "ALTER SESSION SET USE_CACHED_RESULT = FALSE") // finding: CACHE-015
	return err
}

func open() (*sql.DB, error) {
	return sql.Open("snowflake", "user:word@account/shop?USE_CACHED_RESULT=false") // finding: CACHE-015
}

func size(ctx context.Context, client *bigquery.Client, text string) (*bigquery.Job, error) {
	q := client.Query(text)
	q.DryRun = true
	q.DisableQueryCache = true // ok: a dry run; mutate: s/	q.DryRun = true\n//
	return q.Run(ctx)
}
