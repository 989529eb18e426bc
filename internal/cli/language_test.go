package cli

import (
	"testing"

	"github.com/hashicorp/go-version"
)

func TestKnows(t *testing.T) {
	t.Parallel()
	const (
		action = "action \"talonic_delivery_destination_test\" \"erp\" {\n  config {\n    destination_id = \"a\"\n  }\n}\n"
		caller = "action \"talonic_delivery_destination_test\" \"erp\" {\n  config {\n    destination_id = caller.id\n  }\n}\n"
		list   = "list \"talonic_delivery_destination\" \"all\" {\n  provider = talonic\n}\n"
		byID   = "import {\n  to = a.b\n  identity = {\n    id = \"a\"\n  }\n}\n"
		others = "resource \"a\" \"b\" {\n  action = \"c\"\n}\n"
	)
	for _, c := range []struct {
		product Product
		version string
		hcl     string
		want    bool
	}{
		{Terraform, "1.11.4", others, true},
		{Terraform, "1.11.4", action, false},
		{Terraform, "1.13.9", action, false},
		{Terraform, "1.14.0", action, true},
		{Terraform, "1.15.3", caller, false},
		{Terraform, "1.16.0", others + caller, true},
		{OpenTofu, "1.12.6", others, true},
		{OpenTofu, "1.20.0", action, false},
		{Terraform, "1.13.9", list, false},
		{Terraform, "1.14.0", list, true},
		{OpenTofu, "1.20.0", list, false},
		{Terraform, "1.11.4", byID, false},
		{Terraform, "1.12.0", byID, true},
		{OpenTofu, "1.11.9", byID, false},
		{OpenTofu, "1.12.6", byID, true},
	} {
		tested := CLI{Product: c.product, Version: version.Must(version.NewVersion(c.version))}
		if got := tested.Knows(c.hcl); got != c.want {
			t.Errorf("%s %s: %v\n%s", c.product, c.version, got, c.hcl)
		}
	}
}
