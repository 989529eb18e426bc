package main

import "fmt"

// subject is a provider to measure, with its configuration.
type subject struct {
	name       string
	executable string
	resource   string // body of the resource, with %s in place of the part that changes
	before     string
	after      string
}

// floorSubject is the provider that does nothing.
var floorSubject = subject{
	name:       "floor",
	executable: "floor",
	resource: `resource "talonic_floor" "all" {
  count = %d
  name  = "hook-${count.index}"
  value = %s
}
`,
	before: `"1"`,
	after:  `"2"`,
}

// pinned and hashed are webhooks with two secrets each. The secrets of pinned are versioned, and those of hashed are tracked by
// hash.
var (
	pinned = webhooks("pinned", "credentials_wo_version = 1")
	hashed = webhooks("hashed", "")
)

func findSubject(name string) (subject, error) {
	for _, s := range []subject{pinned, hashed} {
		if s.name == name {
			return s, nil
		}
	}
	return subject{}, fmt.Errorf("neither pinned nor hashed: %q", name)
}

func webhooks(name, arguments string) subject {
	return subject{
		name:       name,
		executable: "provider",
		resource: `resource "talonic_delivery_destination" "all" {
  count             = %d
  name              = "hook-${count.index}"
  payload_cap_bytes = %s
  ` + arguments + `
  webhook {
    url               = "https://hooks.example.com/${count.index}"
    headers           = { "X-Source" = "talonic" }
    signing_secret_wo = "whsec_0123456789abcdef"
    auth_bearer { token_wo = "token-0123456789abcdef" }
  }
}
`,
		before: "1000000",
		after:  "2000000",
	}
}

// configuration returns the configuration of n resources, before or after the change.
func (s subject) configuration(n int, changed bool) string {
	value := s.before
	if changed {
		value = s.after
	}
	return `terraform {
  required_providers {
    talonic = { source = "talonicdev/talonic" }
  }
}

` + fmt.Sprintf(s.resource, n, value)
}
