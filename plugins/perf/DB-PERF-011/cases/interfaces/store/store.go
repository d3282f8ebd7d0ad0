package store

import (
	"context"

	sq "github.com/Masterminds/squirrel"
	"github.com/huandu/go-sqlbuilder"
	"github.com/jmoiron/sqlx"
)

type Order struct {
	ID    int
	Total int
}

type Filter struct {
	ShopID int
	State  string
}

type Store interface {
	Orders(ctx context.Context, filter Filter) ([]Order, error)
	NewestOrders(ctx context.Context) ([]Order, error)
	OrdersOf(ctx context.Context, shop int) ([]Order, error)
}

type base struct {
	db *sqlx.DB
}

type Postgres struct {
	base
}

func (b *base) Orders(ctx context.Context, filter Filter) ([]Order, error) {
	builder := sqlbuilder.PostgreSQL.NewSelectBuilder()
	builder.Select("id", "total")
	builder.From("orders")
	if filter.ShopID > 0 {
		builder.Where(builder.Equal("shop_id", filter.ShopID))
	}
	if filter.State != "" {
		builder.Where(builder.Equal("state", filter.State))
	}
	query, args := builder.Build()
	query = b.db.Rebind(query)
	orders := []Order{}
	if err := b.db.SelectContext(ctx, &orders, query, args...); err != nil { // finding: DB-PERF-011 confidence: medium
		return nil, err
	}
	return orders, nil
}

func (b *base) NewestOrders(ctx context.Context) ([]Order, error) {
	query, args, err := sq.Select("id", "total").From("orders").OrderBy("id DESC").Limit(20).ToSql()
	if err != nil {
		return nil, err
	}
	orders := []Order{}
	err = b.db.SelectContext(ctx, &orders, query, args...) // ok: twenty of them; mutate: s/.Limit(20)//
	return orders, err
}

func (b *base) OrdersOf(ctx context.Context, shop int) ([]Order, error) {
	query, args, err := sq.Select("id", "total").From("orders").Where(sq.Eq{"shop_id": shop}).ToSql()
	if err != nil {
		return nil, err
	}
	orders := []Order{}
	err = b.db.SelectContext(ctx, &orders, query, args...) // ok: those of one shop; mutate: s/.Where(sq.Eq{"shop_id": shop})//
	return orders, err
}
