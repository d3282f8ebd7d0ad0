module shop

go 1.22

require (
	github.com/gocql/gocql v1.6.0
	go.mongodb.org/mongo-driver v1.15.0
	gorm.io/gorm v1.25.0
)
