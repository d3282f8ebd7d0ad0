module files

go 1.22
