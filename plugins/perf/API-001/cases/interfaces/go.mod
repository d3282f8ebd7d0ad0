module example.org/shop

go 1.23

require (
	github.com/Masterminds/squirrel v1.5.4
	github.com/huandu/go-sqlbuilder v1.35.0
	github.com/jmoiron/sqlx v1.4.0
)
