package main

import (
	"github.com/exaring/otelpgx"
	"github.com/jackc/pgx/v5/pgxpool"
)

func configure(config *pgxpool.Config) { config.ConnConfig.Tracer = otelpgx.NewTracer() }
