package store

import (
	"example.com/shop/models"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

type Accounts interface {
	FindOne(models.Account) (*models.Account, error)
}

type accounts struct {
	db *gorm.DB
}

func New(dsn string) (Accounts, error) {
	db, err := gorm.Open(postgres.Open(dsn), &gorm.Config{})
	return &accounts{db: db}, err
}

func (s *accounts) FindOne(attributes models.Account) (*models.Account, error) {
	account := &models.Account{}
	err := s.db.Where(&attributes).First(account).Error
	return account, err
}

func (s *accounts) ByKey(tenant, key string) (*models.Account, error) {
	account := &models.Account{}
	err := s.db.Where("tenant_key = ? AND api_key = ?", tenant, key).First(account).Error
	return account, err
}

func (s *accounts) ByStripe(id string) (*models.Account, error) {
	account := &models.Account{}
	err := s.db.Where("stripe_id = ?", id).Take(account).Error
	return account, err
}

func (s *accounts) Remove(id uint, order *models.Order) error {
	s.db.Save(order)
	return s.db.Where("id = ?", id).Delete(&models.Account{}).Error
}
