module shop.local/queue

go 1.22
