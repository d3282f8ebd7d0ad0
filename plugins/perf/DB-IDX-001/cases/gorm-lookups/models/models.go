package models

type Account struct {
	ID         uint   `gorm:"primaryKey"`
	Email      string `gorm:"uniqueIndex"` // ok: has an index; mutate: s/ `gorm:"uniqueIndex"`//
	ResetToken string // finding: DB-IDX-001 confidence: medium
	StripeID   string // finding: DB-IDX-001 confidence: medium
	Status     string // ok: has few values
	Nickname   string // ok: no word for what tells one from all others
	TenantKey  string `gorm:"index"`
	ApiKey     string // ok: asked together with a column that has an index; mutate: store/accounts.go s/tenant_key = ? AND api_key/api_key/
	Invoices   []Invoice `gorm:"constraint:OnDelete:CASCADE"`
}

type Invoice struct {
	ID        uint `gorm:"primaryKey"`
	AccountID uint // finding: DB-IDX-001 confidence: medium
	Order     *Order `gorm:"constraint:OnDelete:SET NULL"`
	OrderID   uint // ok: nothing deletes orders; mutate: store/accounts.go s/s.db.Save(order)/s.db.Where("id = 1").Delete(&models.Order{})/
}

type Order struct {
	ID uint `gorm:"primaryKey"`
}
