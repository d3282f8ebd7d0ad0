package main

import (
	"context"
	"net/http"
	"strings"

	"github.com/Masterminds/squirrel"
	"github.com/beego/beego/v2/client/orm"
	"github.com/doug-martin/goqu/v9"
	"github.com/go-gorp/gorp/v3"
	"github.com/go-pg/pg/v10"
	"github.com/jmoiron/sqlx"
	"github.com/uptrace/bun"
	"github.com/upper/db/v4"
	"xorm.io/xorm"
)

type order struct{ ID string }

type mappers struct {
	bun        *bun.DB
	pg         *pg.DB
	xorm       *xorm.Engine
	gorp       *gorp.DbMap
	upper      db.Session
	goqu       *goqu.Database
	statements squirrel.StatementBuilderType
}

func ids(r *http.Request) []string { return strings.Split(r.URL.Query().Get("ids"), ",") }

func (m *mappers) withBun(w http.ResponseWriter, r *http.Request) {
	for _, id := range ids(r) {
		m.bun.NewSelect().Model(new(order)).Where("id = ?", id).Scan(r.Context()) // finding: DB-PERF-001
	}
	orders := []order{}
	for _, id := range ids(r) {
		query := m.bun.NewInsert().Model(&order{ID: id}) // ok: nothing is sent yet; mutate: s/{ID: id}) /{ID: id}).Exec(r.Context()) /
		_ = query
		orders = append(orders, order{ID: id})
	}
	m.bun.NewInsert().Model(&orders).Exec(r.Context())
}

func (m *mappers) withPg(w http.ResponseWriter, r *http.Request) {
	for _, id := range ids(r) {
		m.pg.Model(new(order)).Where("id = ?", id).Select() // finding: DB-PERF-001
	}
	for _, id := range ids(r) {
		m.pg.Model(new(order)).Where("id = ?", id) // ok: a query that is never sent; mutate: s/Where("id = ?", id) /Where("id = ?", id).Count() /
	}
}

func (m *mappers) withXorm(w http.ResponseWriter, r *http.Request) {
	session := m.xorm.NewSession()
	for _, id := range ids(r) {
		session.Where("id = ?", id).Get(new(order)) // finding: DB-PERF-001
	}
	for _, id := range ids(r) {
		m.xorm.ID(id).Cols("paid").Update(new(order)) // finding: DB-PERF-001
	}
}

func withBeego(w http.ResponseWriter, r *http.Request) {
	o := orm.NewOrm()
	for _, id := range ids(r) {
		o.QueryTable("order").Filter("id", id).One(new(order)) // finding: DB-PERF-001
	}
	for _, id := range ids(r) {
		o.Raw("UPDATE orders SET paid = 1 WHERE id = ?", id).Exec() // finding: DB-PERF-001
	}
}

func (m *mappers) withOthers(w http.ResponseWriter, r *http.Request) {
	for _, id := range ids(r) {
		m.gorp.Get(order{}, id) // finding: DB-PERF-001
	}
	for _, id := range ids(r) {
		m.upper.Collection("orders").Find("id", id).Delete() // finding: DB-PERF-001
	}
	for _, id := range ids(r) {
		m.goqu.From("orders").Where(goqu.C("id").Eq(id)).ScanStruct(new(order)) // finding: DB-PERF-001
	}
}

func (m *mappers) withSquirrel(w http.ResponseWriter, r *http.Request, q sqlx.QueryerContext) {
	for _, id := range ids(r) {
		m.statements.Select("*").From("orders").Where(squirrel.Eq{"id": id}).QueryRow() // finding: DB-PERF-001
	}
	for _, id := range ids(r) {
		m.statements.Select("*").From("orders").Where(squirrel.Eq{"id": id}).ToSql() // ok: only the text of it
	}
	for _, id := range ids(r) {
		sqlx.GetContext(context.Background(), q, new(order), "SELECT * FROM orders WHERE id = $1", id) // finding: DB-PERF-001
	}
}

func main() {
	m := &mappers{}
	http.HandleFunc("/bun", m.withBun)
	http.HandleFunc("/pg", m.withPg)
	http.HandleFunc("/xorm", m.withXorm)
	http.HandleFunc("/beego", withBeego)
	http.HandleFunc("/others", m.withOthers)
}
