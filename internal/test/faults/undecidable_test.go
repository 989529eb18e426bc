package faults

import (
	"strings"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// If the API returns too little to recognize the result of a create, the provider does not create a duplicate silently: it finds the result,
// or an error names it.
func TestUndecidableIsNotNone(t *testing.T) {
	t.Parallel()
	for what, b := range map[string]emulator.Behavior{
		"lists without config":             {ListWithoutConfig: true},
		"lists without created_at":         {ListWithoutCreatedAt: true},
		"lists without has_auth_config":    {ListWithoutHasAuthConfig: true},
		"lists without has_signing_secret": {ListWithoutHasSigningSecret: true},
		"an offset":                        {Times: emulator.TimeOffset},
		"a space":                          {Times: emulator.TimeSpace},
		"no zone":                          {Times: emulator.TimeNoZone},
		"seconds":                          {Times: emulator.TimeSeconds},
		"milliseconds":                     {Times: emulator.TimeEpochMillis},
		"dates":                            {Times: emulator.TimeDate},
		"no created_at":                    {Times: emulator.TimeAbsent},
		"a slow clock":                     {DatabaseSkew: -10 * time.Second},
		"a fast clock":                     {DatabaseSkew: 10 * time.Second},
		"names in lower case":              {LowerCaseNames: true},
		"trimmed names":                    {TrimNames: true},
		"other URLs":                       {NormalizeURL: true},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			b.IgnoreIdempotencyKey = true
			ours := strings.Replace(hook("ours", `name = "The Ledger"`, "ours"), "https://hooks.example.com/in", "https://Hooks.example.com:443/%7ein", 1)
			if b.TrimNames {
				ours = strings.Replace(ours, "The Ledger", " The Ledger ", 1)
			}
			c := newCLI(t, b, quick, ours)
			c.api.Inject(emulator.Fault{Kind: emulator.LostResponse, Operation: "create", Times: 1})
			r := c.Run("apply", "-auto-approve")
			all := c.api.Destinations()
			if len(all) != 1 {
				t.Fatalf("%d at the API:\n%s", len(all), r)
			}
			switch id := c.ids(t)["ours"]; id {
			case all[0].ID:
				says(t, r, "Warning", id)
			case "":
				ends(t, r, 1)
				says(t, r, "terraform import", all[0].ID)
			default:
				t.Errorf("in state: %q", id)
			}
		})
	}
}
