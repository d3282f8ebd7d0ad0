package model

import "gorm.io/gorm"

var DB *gorm.DB

type Order struct {
	ID    uint
	Name  string
	Total int
}

func SearchOrders(word string) (orders []*Order, err error) {
	err = DB.Where("id = ? or name LIKE ?", word, word+"%").Find(&orders).Error // finding: DB-PERF-011 -- whatever matches comes
	return orders, err
}

func SearchOwn(owner int, word string) (orders []*Order, err error) {
	err = DB.Where("owner = ?", owner).Where("name LIKE ?", word+"%").Find(&orders).Error // ok: one owner's; mutate: s/Where("owner = ?", owner).//
	return orders, err
}

func SearchShared(owner int, word string) (orders []*Order, err error) {
	err = DB.Where("owner = ? AND name LIKE ?", owner, word+"%").Find(&orders).Error // ok: one owner's, in one text; mutate: s/owner = ? AND name LIKE ?", owner/name LIKE ?"/
	return orders, err
}

func SearchSome(word string) (orders []*Order, err error) {
	err = DB.Where("name LIKE ?", word+"%").Limit(50).Find(&orders).Error // ok: bounded; mutate: s/Limit(50).//
	return orders, err
}

func Same(name string) (orders []*Order, err error) {
	err = DB.Where("name LIKE ?", name).Find(&orders).Error // ok: nothing is left open in it; mutate: s/, name)/, "%"+name)/
	return orders, err
}

func OwnerMail() (mail string) {
	// ok: a text takes one value; mutate: s/(mail string)/(mail []string)/
	DB.Model(&Order{}).Where("role = ?", "owner").Select("mail").Find(&mail)
	return mail
}
