module example.com/shop

require cloud.google.com/go/firestore v1.18.0
