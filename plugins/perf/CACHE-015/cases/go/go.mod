module reports

go 1.22
