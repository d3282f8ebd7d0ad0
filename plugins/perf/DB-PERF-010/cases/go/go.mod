module example.com/shop

require go.mongodb.org/mongo-driver v1.17.0
