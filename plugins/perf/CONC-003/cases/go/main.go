package main

import (
	"context"
	"log"
	"net/http"
	"net/url"

	"example.com/shop/pb"
	"google.golang.org/grpc"
)

type server struct {
	shop pb.ShopClient
	conn *grpc.ClientConn
}

func (s *server) user(ctx context.Context, id string) (*pb.Answer, error) {
	return pb.NewShopClient(s.conn).GetUser(ctx, &pb.Request{Id: id})
}

func (s *server) page(w http.ResponseWriter, r *http.Request) {
	ctx, id := r.Context(), r.FormValue("id")
	user, err := s.user(ctx, id)
	if err != nil {
		http.Error(w, err.Error(), 500)
		return
	}
	products, err := s.shop.ListProducts(ctx, &pb.Request{}) // finding: CONC-003 confidence: high
	if err != nil {
		log.Println(err)
	}
	rates, err := http.Get("https://rates.example/today")
	if err != nil {
		return
	}
	for _, product := range products.Ids {
		one, err := s.shop.GetUser(ctx, &pb.Request{Id: product}) // finding: CONC-003 confidence: high
		if err != nil {
			return
		}
		log.Println(one)
	}
	log.Println(user, rates)
}

func (s *server) order(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	user, err := s.user(ctx, r.FormValue("id"))
	if err != nil {
		return
	}
	paid, err := s.shop.Charge(ctx, &pb.Request{Id: "1"}) // ok: changes something; mutate: s/paid, err := s.shop.Charge/paid, err := s.shop.ListProducts/
	if err != nil {
		return
	}
	later, err := s.shop.GetUser(ctx, &pb.Request{Id: paid.Id}) // ok: needs what came before
	log.Println(user, paid, later, err)
}

func (s *server) guarded(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	user, err := s.user(ctx, r.FormValue("id"))
	if err != nil || user.Id == "" {
		return
	}
	products, err := s.shop.ListProducts(ctx, &pb.Request{}) // ok: not for users who are not there; mutate: s/ || user.Id == ""//
	log.Println(products, err)
}

func (s *server) walked(w http.ResponseWriter, r *http.Request) {
	ctx, next := r.Context(), r.FormValue("id")
	for _, id := range r.Form["ids"] {
		answer, err := s.shop.GetUser(ctx, &pb.Request{Id: id + next}) // ok: goes on from the answer before; mutate: s/next = answer.Id/_ = answer.Id/
		if err != nil {
			return
		}
		next = answer.Id
	}
	for _, id := range r.Form["first"] {
		answer, err := s.shop.GetUser(ctx, &pb.Request{Id: id}) // ok: ends with the first that fits; mutate: s/if answer.Id != "" {/if err != nil {/
		if answer.Id != "" {
			return
		}
		log.Println(err)
	}
	values := url.Values{}
	owner, err := s.user(ctx, next)
	fill(owner, values)
	more, err := s.shop.ListProducts(ctx, &pb.Request{Id: values.Encode()}) // ok: what is asked was filled from the answer; mutate: s/fill(owner, values)/log.Println(owner)/
	log.Println(more, err)
}

func fill(user *pb.Answer, values url.Values) { values.Set("user", user.Id) }

func main() {
	s := &server{}
	http.HandleFunc("/page", s.page)
	http.HandleFunc("/order", s.order)
	http.HandleFunc("/guarded", s.guarded)
	http.HandleFunc("/walked", s.walked)
	http.ListenAndServe(":8080", nil)
}
