package main

import (
	"context"
	"database/sql"
)

type store struct {
	db *sql.DB
}

func (s *store) values(ctx context.Context) ([]int, error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	rows, err := tx.QueryContext(ctx, "SELECT value FROM readings") // ok: they end with their transaction; mutate: s/defer tx.Rollback()/_ = ctx/
	if err != nil {
		return nil, err
	}
	var all []int
	for rows.Next() {
		var value int
		if err := rows.Scan(&value); err != nil {
			return nil, err
		}
		all = append(all, value)
	}
	return all, rows.Err()
}
