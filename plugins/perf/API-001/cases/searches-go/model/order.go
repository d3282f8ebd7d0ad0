package model

import "gorm.io/gorm"

var DB *gorm.DB

type Order struct {
	ID   uint
	Name string
}

func SearchOrders(word string) (orders []*Order, err error) {
	err = DB.Where("id = ? or name LIKE ?", word, word+"%").Find(&orders).Error
	return orders, err
}

func SearchOwn(owner int, word string) (orders []*Order, err error) {
	err = DB.Where("owner = ?", owner).Where("name LIKE ?", word+"%").Find(&orders).Error
	return orders, err
}
