package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// placeOutput is all that the CLI printed, which is shown as one.
const placeOutput = "output of the CLI"

// The places where secrets are looked for, in the order of the report.
var places = []string{secretscan.State, secretscan.Backup, secretscan.Plan, secretscan.PlanJSON, placeOutput, secretscan.Log, secretscan.Other}

// isConfiguration tells the files that the demo wrote from those that the CLI left.
func isConfiguration(name string) bool { return filepath.Ext(name) == ".tf" }

// showSecrets tells where the secrets were looked for, and where they were found.
func (d *demo) showSecrets() error {
	log, err := os.ReadFile(d.log)
	if err != nil {
		return err
	}
	d.search.Add(secretscan.Log, log)

	row := func(place string, contents [][]byte) (found int) {
		found = d.secrets.in(contents...)
		fmt.Printf("   %-26s %8d %11d %8d\n", place, len(contents), len(bytes.Join(contents, nil)), found)
		return found
	}
	fmt.Printf("   %-26s %8s %11s %8s\n", "place", "contents", "bytes", "secrets")
	leaks, empty := 0, 0
	for _, place := range places {
		leaks += row(place, d.search[place])
		if len(d.search[place]) == 0 && place != secretscan.Other {
			empty++
		}
	}

	// The same search has to find them where they are.
	var bodies, headers [][]byte
	for _, r := range d.api.Requests() {
		bodies = append(bodies, r.Body)
		headers = append(headers, []byte(r.Header.Get("Authorization")))
	}
	inBodies := row("bodies of the requests", bodies)
	inHeaders := row("Authorization headers", headers)
	right, once := 0, 0
	for secret, want := range d.secrets.requests {
		got := len(slices.DeleteFunc(slices.Clone(bodies), func(body []byte) bool { return !d.secrets.isIn(body, secret) }))
		if got == want {
			right++
		}
		if got == 1 {
			once++
		}
	}
	fmt.Println()
	n := len(d.secrets.requests)
	return check(
		that(empty == 0 && leaks == 0, "none of the %d secrets is anywhere but in the requests", n+1),
		that(inBodies == n && right == n && once == n-1, "%d of the %d credentials were sent in one request and in no other", once, n),
		that(right == n, "the other one, the signing secret, was sent again with the new token"),
		that(inHeaders == 1, "the API key was sent in a header, and in no body"),
	)
}
