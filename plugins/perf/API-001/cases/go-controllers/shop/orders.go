package shop

import "github.com/xorm-io/xorm"

type Order struct {
	Id    int64
	Owner string
}

type Parcel struct {
	Id int64
}

var engine *xorm.Engine

func begin(owner string, offset, limit int) *xorm.Session {
	session := engine.Prepare()
	if offset != -1 && limit != -1 {
		session.Limit(limit, offset)
	}
	if owner != "" {
		session = session.And("owner=?", owner)
	}
	return session
}

func AllParcels() ([]*Parcel, error) {
	parcels := []*Parcel{}
	err := engine.Desc("id").Find(&parcels)
	return parcels, err
}

func OrdersOf(owner string) ([]*Order, error) {
	orders := []*Order{}
	err := engine.Desc("id").Find(&orders, &Order{Owner: owner})
	return orders, err
}

func OrderPage(owner string, offset, limit int) ([]*Order, error) {
	orders := []*Order{}
	session := begin(owner, offset, limit)
	err := session.Find(&orders)
	return orders, err
}

func limitOf(size int) int {
	if size > 100 {
		return 100
	}
	return size
}

func Newest(size int) ([]*Order, error) {
	orders := []*Order{}
	session := begin("", 0, limitOf(size))
	err := session.Desc("id").Find(&orders)
	return orders, err
}

func Oldest() ([]*Order, error) {
	orders := []*Order{}
	session := begin("", -1, -1)
	err := session.Asc("id").Find(&orders)
	return orders, err
}

// What the caller fills of it is asked for, which may be nothing.
func LikeOne(order *Order) ([]*Order, error) {
	orders := []*Order{}
	err := engine.Find(&orders, order)
	return orders, err
}

func Named(ids []int64) ([]*Order, error) {
	orders := []*Order{}
	err := engine.Desc("id").In("id", ids).Find(&orders)
	return orders, err
}
