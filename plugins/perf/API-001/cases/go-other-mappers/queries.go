package main

import (
	"context"
	"database/sql"
	"net/http"

	"github.com/gin-gonic/gin"
)

// What generators write for connections and transactions alike.
type DBTX interface {
	QueryContext(context.Context, string, ...interface{}) (*sql.Rows, error)
}

type Queries struct {
	db DBTX
}

var queries *Queries

const listOrders = `-- name: ListOrders :many
SELECT id, state FROM orders ORDER BY id
`

func (q *Queries) ListOrders(ctx context.Context) ([]Order, error) {
	rows, err := q.db.QueryContext(ctx, listOrders)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var items []Order
	for rows.Next() {
		var i Order
		if err := rows.Scan(&i.ID, &i.State); err != nil {
			return nil, err
		}
		items = append(items, i)
	}
	return items, nil
}

// finding: API-001 confidence: medium
func listed(c *gin.Context) {
	orders, err := queries.ListOrders(c)
	if err != nil {
		return
	}
	c.JSON(http.StatusOK, orders)
}
