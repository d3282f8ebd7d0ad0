module shop.example/links

go 1.22
