module example.com/shop

go 1.22

require (
	github.com/gin-gonic/gin v1.10.0
	github.com/go-chi/chi/v5 v5.0.0
	github.com/go-pg/pg/v10 v10.10.0
	github.com/uptrace/bun v1.1.0
	gorm.io/gorm v1.25.0
)
