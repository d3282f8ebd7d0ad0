package main

import pb "a/gen/orders"

type server struct {
	pb.UnimplementedOrdersServer
}

func (s *server) List(ctx context.Context, in *pb.Request) (*pb.Answer, error) {
	probe()
	return nil, nil
}

func (s *server) Get(ctx context.Context, in *pb.Request) (*pb.Answer, error) { return s.find(in) }

func (s *server) find(in *pb.Request) (*pb.Answer, error) { probe(); return nil, nil }
