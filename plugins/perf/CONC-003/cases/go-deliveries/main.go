package main

import (
	"bytes"
	"encoding/json"
	"log"
	"net/http"
	"time"
)

type Subscriber struct{ Inbox string }

func deliver(url string, body any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, _ := http.NewRequest("POST", url, bytes.NewReader(data))
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

func publish(w http.ResponseWriter, r *http.Request) {
	subscribers := []Subscriber{}
	json.NewDecoder(r.Body).Decode(&subscribers)
	go tellAll(subscribers, r.FormValue("text"))
	go tellUntil(subscribers, r.FormValue("text"))
	go tellPaced(subscribers, r.FormValue("text"))
	go tellSteps(subscribers, r.FormValue("text"))
	go keepLinks([]Link{{URL: r.FormValue("url")}})
}

func tellAll(subscribers []Subscriber, text string) {
	var note map[string]string
	for _, one := range subscribers {
		note = map[string]string{"text": text, "to": one.Inbox}
		err := deliver(one.Inbox, note) // finding: CONC-003
		if err != nil {
			log.Println(err)
		}
	}
}

func tellUntil(subscribers []Subscriber, text string) {
	for _, one := range subscribers {
		err := deliver(one.Inbox, text) // ok: ends where one fails; mutate: s/return \/\/ enough/log.Println("enough")/
		if err != nil {
			return // enough
		}
	}
}

func tellPaced(subscribers []Subscriber, text string) {
	for _, one := range subscribers {
		if err := deliver(one.Inbox, text); err != nil { // ok: paced; mutate: s/time.Sleep(time.Second)/log.Println(time.Second)/
			log.Println(err)
		}
		time.Sleep(time.Second)
	}
}

func tellSteps(subscribers []Subscriber, text string) {
	for _, one := range subscribers {
		err := deliver("https://hub.example/", one) // ok: all to one server, which may want them in order; mutate: s/deliver("https:\/\/hub.example\/", one)/deliver(one.Inbox, one)/
		if err != nil {
			log.Println(err)
		}
	}
}

type Link struct{ URL string }

func keep(link string) error {
	answer, err := http.Post("https://links.example/", "text/plain", bytes.NewBufferString(link))
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

func keepLinks(links []Link) {
	for _, link := range links {
		err := keep(link.URL) // ok: what is sent, not where to; mutate: s/http.Post("https:\/\/links.example\/"/http.Post(link/
		if err != nil {
			log.Println(err)
		}
	}
}

func main() {
	http.HandleFunc("/publish", publish)
	http.ListenAndServe(":8080", nil)
}
