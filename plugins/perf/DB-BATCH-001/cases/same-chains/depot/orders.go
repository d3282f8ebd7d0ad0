package depot

import (
	"net/http"

	"xorm.io/xorm"
)

type Order struct {
	Id    int64
	State string
}

var engine *xorm.Engine

func forget(w http.ResponseWriter, r *http.Request) {
	var orders []*Order
	if err := engine.Where("state = ?", "old").Find(&orders); err != nil {
		return
	}
	for _, order := range orders {
		if order.State == r.URL.Query().Get("state") {
			engine.Delete(order) // finding: DB-BATCH-001
		}
	}
}

func main() {
	http.HandleFunc("/forget", forget)
}
