module shop

go 1.23

require (
	github.com/jackc/pgx/v5 v5.7.2
	github.com/jmoiron/sqlx v1.4.0
	gorm.io/gorm v1.25.12
)
