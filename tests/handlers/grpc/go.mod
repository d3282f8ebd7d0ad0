module b
go 1.22
	google.golang.org/grpc v1.50.0
