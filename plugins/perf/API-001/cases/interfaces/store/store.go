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
	if err := b.db.SelectContext(ctx, &orders, query, args...); err != nil {
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
	err = b.db.SelectContext(ctx, &orders, query, args...)
	return orders, err
}

type Label struct {
	ID   int
	Line string
}

type Labels interface {
	All(ctx context.Context) ([]Label, error)
}

type Visit struct {
	ID int
}

type Visits interface {
	All(ctx context.Context) ([]Visit, error)
}

type labelBase struct {
	db *sqlx.DB
}

type visitBase struct {
	db *sqlx.DB
}

func (b *labelBase) All(ctx context.Context) ([]Label, error) {
	query, args, err := sq.Select("id", "line").From("labels").OrderBy("id").Limit(50).ToSql()
	if err != nil {
		return nil, err
	}
	labels := []Label{}
	err = b.db.SelectContext(ctx, &labels, query, args...)
	return labels, err
}

func (b *visitBase) All(ctx context.Context) ([]Visit, error) {
	query, args, err := sq.Select("id").From("visits").OrderBy("id").ToSql()
	if err != nil {
		return nil, err
	}
	visits := []Visit{}
	err = b.db.SelectContext(ctx, &visits, query, args...)
	return visits, err
}
