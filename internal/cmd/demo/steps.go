package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// steps is the demo.
var steps = []struct {
	title string
	why   string
	run   func(*demo) error
}{
	{
		"Plan seven destinations, one for each connector block",
		"One for each of the six connectors, and a google_sheets destination by way of the block custom. Their secrets are " +
			"ephemeral variables for write-only arguments. Nothing exists yet, so the API is only asked for its catalog, which knows the type of custom.",
		(*demo).planAll,
	},
	{
		"Apply the plan",
		"Each destination takes one POST, and the API's answer has to confirm what was sent. The API creates destinations active, " +
			"so Reports, which is to be paused, takes a PUT as well.",
		(*demo).applyAll,
	},
	{
		"Plan again: nothing to do",
		"The API shows no credential, and the emulator is told to fill in defaults that the configuration leaves out, such as port " +
			"22. Neither may look like a change.",
		(*demo).planNothing,
	},
	{
		"Change the URL of a webhook",
		"A change of the configuration is one update in place. The credentials stay as they are, so they are not sent.",
		(*demo).changeURL,
	},
	{
		"Rotate a secret",
		"The token of the webhook gets another value, and nothing else changes. Private state has a hash of what was sent, so the " +
			"plan notices. The API takes the credentials of a destination as a whole: the signing secret goes along.",
		(*demo).rotate,
	},
	{
		"Turn the webhook into an S3 bucket",
		"The API cannot change the type of a destination. The plan says so, before bindings and history go with the old one.",
		(*demo).changeType,
	},
	{
		"Misspell a token of a template",
		"The API would leave it in the name of every file as it is. The plan warns, and names the token that was meant.",
		(*demo).misspell,
	},
	{
		"Destroy everything",
		"Each destination takes one DELETE.",
		(*demo).destroyAll,
	},
	{
		"What the API saw",
		"The emulator records every request.",
		(*demo).showRequests,
	},
	{
		"Where the secrets are, and where they are not",
		"After every command, all that it printed and left was searched for the secrets, also in hexadecimal and Base64. The " +
			"requests are searched in the same way, to show that the search finds secrets where they are.",
		(*demo).showSecrets,
	},
}

func (d *demo) planAll() error {
	plan, err := d.run(changes, "plan", "-detailed-exitcode", "-out="+planFile)
	if err != nil {
		return err
	}
	if err := show(plan, `^  # \S+ will be created`, `\+ (signing_secret_wo|token_wo) +=`, `^Plan: 7 to add, 0 to change, 0 to destroy`); err != nil {
		return err
	}
	planned, err := d.exec([]string{"show", "-json", planFile})
	if err != nil {
		return err
	}
	d.search.Add(secretscan.PlanJSON, []byte(planned.output))
	return check(
		that(planned.exitCode == success, "the saved plan can be read"),
		requested(d.newRequests(), "1 GET"),
	)
}

func (d *demo) applyAll() error {
	apply, err := d.run(success, "apply", planFile)
	if err != nil {
		return err
	}
	if err := show(apply, `^Apply complete! Resources: 7 added, 0 changed, 0 destroyed`); err != nil {
		return err
	}
	fmt.Printf("\n   %-18s %-14s %-8s %-13s %s\n", "in the API", "type", "active", "credentials", "signing secret")
	withCredentials := 0
	for _, stored := range byName(d.api.Destinations()) {
		fmt.Printf("   %-18s %-14s %-8t %-13t %t\n", stored.Name, stored.Type, stored.IsActive, stored.HasAuthConfig, stored.HasSigningSecret)
		if stored.HasAuthConfig {
			withCredentials++
		}
	}
	fmt.Println()
	return check(
		that(withCredentials == 7, "all have their credentials"),
		requested(d.newWrites(), "7 POST, 1 PUT"),
	)
}

func (d *demo) planNothing() error {
	plan, err := d.run(success, "plan", "-detailed-exitcode")
	if err != nil {
		return err
	}
	if err := show(plan, `^No changes\.`); err != nil {
		return err
	}
	return check(that(count(d.newWrites()) == "", "nothing was written"))
}

func (d *demo) changeURL() error {
	if err := d.edit("orders.tf", `"https://erp.example.com/v1"`, `"https://erp.example.com/v2"`); err != nil {
		return err
	}
	apply, err := d.run(success, "apply", "-auto-approve")
	if err != nil {
		return err
	}
	err = show(apply, `^  # \S+ will be updated in-place`, `^ .* url +=`, `^Plan: 0 to add, 1 to change, 0 to destroy`, `^Apply complete!`)
	if err != nil {
		return err
	}
	writes := d.newWrites()
	if err := check(requested(writes, "1 PUT")); err != nil {
		return err
	}
	return check(that(!slices.Contains(keys(writes[0].Body), "auth_config"), "it has no credentials: %s", writes[0].Body))
}

func (d *demo) rotate() error {
	fmt.Println("   TF_VAR_webhook_token=(another random value)")
	d.env = append(d.env, "TF_VAR_webhook_token="+d.secrets.rotate("webhook_token"))
	d.secrets.sentAgain("webhook_signing_secret")
	apply, err := d.run(success, "apply", "-auto-approve")
	if err != nil {
		return err
	}
	err = show(apply, `^  # \S+ will be updated in-place`, `~ credentials_updated_at += ".*" -> \(known after apply\)`,
		`^Plan: 0 to add, 1 to change, 0 to destroy`, `^Apply complete!`)
	if err != nil {
		return err
	}
	writes := d.newWrites()
	if err := check(requested(writes, "1 PUT")); err != nil {
		return err
	}
	sent := keys(writes[0].Body, "auth_config")
	err = check(
		that(slices.Equal(sent, []string{"signing_secret", "token", "type"}), "it has the whole auth_config: %s", strings.Join(sent, ", ")),
		that(!slices.Contains(keys(writes[0].Body), "config"), "it does not repeat config"),
	)
	if err != nil {
		return err
	}
	return d.planNothing()
}

func (d *demo) changeType() error {
	fmt.Println("   orders.tf: webhook { ... }  ->  s3 { ... }")
	if err := d.copyFile("config/changes/orders.tf"); err != nil {
		return err
	}
	apply, err := d.run(success, "apply", "-auto-approve")
	if err != nil {
		return err
	}
	err = show(apply, `^  # \S+ must be replaced`, `^ +~ type += "webhook" -> "s3" # forces replacement`,
		`^Plan: 1 to add, 0 to change, 1 to destroy`, `^Apply complete!`)
	if err != nil {
		return err
	}
	return check(requested(d.newWrites(), "1 POST, 1 DELETE"))
}

func (d *demo) misspell() error {
	if err := d.edit("bank.tf", `{event_id}`, `{evnt_id}`); err != nil {
		return err
	}
	plan, err := d.run(success, "plan")
	if err != nil {
		return err
	}
	if err := showFrom(plan, "Warning: Unknown template token"); err != nil {
		return err
	}
	return check(
		that(strings.Contains(plan.output, "Did you mean {event_id}?"), "the warning names the token that was meant"),
		that(count(d.newWrites()) == "", "nothing was written"),
	)
}

func (d *demo) destroyAll() error {
	if err := d.edit("bank.tf", `{evnt_id}`, `{event_id}`); err != nil {
		return err
	}
	destroy, err := d.run(success, "destroy", "-auto-approve")
	if err != nil {
		return err
	}
	if err := show(destroy, `^Destroy complete! Resources: 7 destroyed`); err != nil {
		return err
	}
	return check(
		requested(d.newWrites(), "7 DELETE"),
		that(len(d.api.Destinations()) == 0, "the API has no destination left"),
	)
}

// byName sorts destinations: the CLI creates them in parallel, in any order.
func byName(destinations []emulator.Destination) []emulator.Destination {
	return slices.SortedFunc(slices.Values(destinations), func(a, b emulator.Destination) int { return cmp.Compare(a.Name, b.Name) })
}
