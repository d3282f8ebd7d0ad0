package api

import (
	"example.com/shop/models"
	"example.com/shop/store"
)

type API struct {
	accounts store.Accounts
}

func (a *API) Reset(token string) (*models.Account, error) {
	return a.accounts.FindOne(models.Account{ResetToken: token})
}

func (a *API) Login(email string) (*models.Account, error) {
	return a.accounts.FindOne(models.Account{Email: email})
}

func (a *API) Named(name string) (*models.Account, error) {
	return a.accounts.FindOne(models.Account{Nickname: name, Status: "open"})
}
