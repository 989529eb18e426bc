package acctest

import "testing"

const overridesText = `
Warning: Provider development overrides are in effect

The following provider development overrides are set in the CLI
configuration:
 - talonicdev/talonic in /tmp/talonic-acctest-123

The behavior may therefore not match any released version of the provider and
applying changes may cause the state to become incompatible with published
releases.
`

func TestNormalize(t *testing.T) {
	t.Parallel()

	tests := map[string]struct{ text, want string }{
		"overrides": {
			overridesText + "\nTerraform will perform the following actions:\n\n  # a\n\n",
			"Terraform will perform the following actions:\n\n  # a\n",
		},
		"overrides after other text": {
			"talonic_a.b: Refreshing state...\n" + overridesText + "\nPlan: 1 to add.\n",
			"talonic_a.b: Refreshing state...\n\nPlan: 1 to add.\n",
		},
		"product": {
			"OpenTofu will perform the following actions:\n",
			"Terraform will perform the following actions:\n",
		},
		"no changes in terraform": {
			"No changes. Your infrastructure matches the configuration.\n\nTerraform has compared your real infrastructure against your configuration\nand found no differences, so no changes are needed.\n",
			"No changes. Your infrastructure matches the configuration.\n",
		},
		"no changes in tofu": {
			"No changes. Your infrastructure matches the configuration.\n\nOpenTofu has compared your real infrastructure against your configuration and\nfound no differences, so no changes are needed.\n\nWarning: Odd\n",
			"No changes. Your infrastructure matches the configuration.\n\nWarning: Odd\n",
		},
		"repeated warnings": {
			"Odd.\n\n(and one more similar warning elsewhere)\n\nOdder.\n\n(and 2 more similar warnings elsewhere)\n",
			"Odd.\n\nOdder.\n",
		},
		"ports": {
			`+ base_url = "http://127.0.0.1:43211"` + "\n",
			`+ base_url = "http://127.0.0.1:<port>"` + "\n",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			if got := normalize(test.text); got != test.want {
				t.Errorf("got:\n%q\nwant:\n%q", got, test.want)
			}
		})
	}
}
