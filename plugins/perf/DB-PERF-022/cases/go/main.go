package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"

	"github.com/jackc/pgx/v5/pgxpool"
	"gorm.io/driver/mysql"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

func open(kind string) (*gorm.DB, error) {
	dsn := os.Getenv("DSN")
	switch kind {
	case "mysql":
		return gorm.Open(mysql.Open(dsn)) // ok: MySQL; mutate: s/mysql.Open(dsn)/postgres.Open(dsn)/
	default:
		return gorm.Open(postgres.Open(dsn)) // finding: DB-PERF-022 confidence: medium
	}
}

func pool(ctx context.Context) (*pgxpool.Pool, error) {
	dsn := fmt.Sprintf("host=%s dbname=shop sslmode=require", os.Getenv("DB_HOST"))
	return pgxpool.New(ctx, dsn) // finding: DB-PERF-022 confidence: high
}

func parsed(ctx context.Context) (*pgxpool.Pool, error) {
	dsn := fmt.Sprintf("user=%s dbname=shop sslmode=require", os.Getenv("DB_USER"))
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	return pgxpool.NewWithConfig(ctx, config) // finding: DB-PERF-022
}

func main() {
	db, err := sql.Open("pgx", "postgres://db/shop") // finding: DB-PERF-022 confidence: high
	if err != nil {
		panic(err)
	}
	// ok: takes its connections from the pool above; mutate: s|gorm.Open(db)|gorm.Open(postgres.Open("postgres://db/shop"))|
	gorm.Open(db)
	open("mysql")
	pool(context.Background())
	parsed(context.Background())
}
