package main
import "net/http"
func a(w http.ResponseWriter, r *http.Request) { probe() }
type H struct{}
func (h *H) ServeHTTP(w http.ResponseWriter, r *http.Request) { probe() }
func (h *H) b(w http.ResponseWriter, r *http.Request) { probe() }
func mw(next http.Handler) http.Handler { return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { probe() }) }
func main() {
 mux := http.NewServeMux(); h := &H{}
 mux.HandleFunc("/a", a); mux.Handle("/h", h); mux.HandleFunc("GET /b", h.b)
 http.ListenAndServe(":1", mw(mux))
}
func probe() {}
