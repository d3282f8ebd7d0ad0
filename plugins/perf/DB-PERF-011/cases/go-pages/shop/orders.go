package shop

import "github.com/xorm-io/xorm"

type Order struct {
	Id    int64
	Owner string
}

var Engine *xorm.Engine

func OrdersOf(owner string) ([]*Order, error) {
	orders := []*Order{}
	err := Engine.Desc("id").Find(&orders, &Order{Owner: owner}) // finding: DB-PERF-011 confidence: medium
	return orders, err
}

func OrderPage(owner string, limit int) ([]*Order, error) {
	orders := []*Order{}
	session := Engine.Where("owner = ?", owner)
	if limit != -1 {
		session.Limit(limit)
	}
	// ok: whoever asks gives a limit; mutate: main.go s/OrderPage(owner, 20)/OrderPage(owner, -1)/
	err := session.Desc("id").Find(&orders)
	return orders, err
}

func Named(ids []int64) ([]*Order, error) {
	orders := []*Order{}
	err := Engine.Desc("id").In("id", ids).Find(&orders) // ok: those that are named; mutate: s/.In("id", ids)//
	return orders, err
}
