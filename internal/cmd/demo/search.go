package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"

	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// placeOutput is the output of all commands.
const placeOutput = "output of the CLI"

// places lists the places to search for secrets, in the order of the report.
var places = []string{secretscan.State, secretscan.Backup, secretscan.Plan, secretscan.PlanJSON, placeOutput, secretscan.Log, secretscan.Other}

// isConfiguration reports whether the demo wrote a file, rather than the CLI.
func isConfiguration(name string) bool { return filepath.Ext(name) == ".tf" }

// showSecrets prints the places that the demo searched for secrets, each with the number found, and checks that only requests
// contain secrets.
func (d *demo) showSecrets() error {
	log, err := os.ReadFile(d.log)
	if err != nil {
		return err
	}
	d.search.Add(secretscan.Log, log)

	row := func(place string, contents [][]byte) (found int) {
		found = d.secrets.in(contents...)
		d.println("   %-26s %8d %8d", place, len(contents), found)
		return found
	}
	d.println("   %-26s %8s %8s", "searched", "number", "secrets")
	leaks, empty, size := 0, 0, 0
	for _, place := range places {
		size += len(bytes.Join(d.search[place], nil))
		leaks += row(place, d.search[place])
		if len(d.search[place]) == 0 && place != secretscan.Other {
			empty++
		}
	}

	// To prove that the search works, it must find the secrets in the requests.
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
	d.println("")
	n := len(d.secrets.requests)
	return d.check(
		that(empty == 0 && leaks == 0, "none of the %d secrets is in these %.1f MB, only in the requests", n+1, float64(size)/1e6),
		that(inBodies == n && right == n && once == n-1, "the provider sent %d of the %d credentials once", once, n),
		that(right == n, "it sent the signing secret twice, the second time with the new token"),
		that(inHeaders == 1, "it sent the API key in the Authorization header only"),
	)
}
