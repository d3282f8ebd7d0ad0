module shop.local/shop

go 1.22
