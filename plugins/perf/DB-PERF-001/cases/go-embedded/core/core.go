package core

import "github.com/jmoiron/sqlx"

type Queries struct {
	GetOrder *sqlx.Stmt `query:"get-order"`
}

type Core struct {
	q *Queries
}

func (c *Core) Order(id string) (string, error) {
	var name string
	err := c.q.GetOrder.Get(&name, id)
	return name, err
}
