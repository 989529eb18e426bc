// The receiver receives Talonic's deliveries to a webhook, and accepts only those that are signed with the secret of the destination.
// See README.md for how to try it.
package main

import (
	"flag"
	"log"
	"net/http"
	"os"
	"strings"
	"time"
)

func main() {
	log.SetFlags(0)
	addr := flag.String("addr", "127.0.0.1:8080", "listen on this `address`")
	flag.Parse()

	// During a rotation, two secrets, separated by a space.
	secrets := strings.Fields(os.Getenv("SIGNING_SECRET"))
	if len(secrets) == 0 {
		log.Fatal("SIGNING_SECRET is not set: without it, anybody could deliver")
	}
	server := &http.Server{
		Addr:        *addr,
		Handler:     receiver{secrets: secrets, now: time.Now, take: show},
		ReadTimeout: 30 * time.Second,
	}
	log.Printf("listening on http://%s", *addr)
	log.Fatal(server.ListenAndServe())
}

// show prints a delivery. Replace it with your own processing. Talonic may send a delivery again, with the same key.
func show(d delivery) {
	log.Printf("%s, key %s: %d bytes", d.Event.Type, d.Event.IdempotencyKey, len(d.Payload)+len(d.Content))
}
