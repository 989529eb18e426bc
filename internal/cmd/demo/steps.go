package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// steps are the chapters of the demo, in order.
var steps = []struct {
	title string
	why   string
	run   func(*demo) error
}{
	{
		"Plan seven destinations",
		"Suppose that you deliver documents to seven places: a webhook, an SFTP server, a bucket, a blob container, two drives and a Google Sheet. " +
			"Their secrets are ephemeral variables for write-only arguments, so the plan contains none of them.",
		(*demo).planAll,
	},
	{
		"Apply the plan",
		"Each destination takes one POST, and the provider compares the response with what it sent. Reports should start paused, but " +
			"the API creates every destination active, so Reports takes a PUT as well.",
		(*demo).applyAll,
	},
	{
		"Plan again",
		"The API never returns a credential. In this demo it also fills in defaults that the configuration omits, such as port 22. " +
			"Neither shows a diff.",
		(*demo).planNothing,
	},
	{
		"Change the URL of the webhook",
		"Terraform updates the destination in place. Its credentials did not change, so the provider does not send them.",
		(*demo).changeURL,
	},
	{
		"Rotate the token of the webhook",
		"Now the token changes, and the configuration stays the same. The provider detects the new value by a salted hash in private " +
			"state, and the plan shows it. The API replaces auth_config as a whole, so the provider also sends the signing secret.",
		(*demo).rotate,
	},
	{
		"Turn the webhook into an S3 bucket",
		"The API cannot change the type of a destination, so Terraform replaces it. The plan shows that before anything is deleted.",
		(*demo).changeType,
	},
	{
		"Misspell a template token",
		"A typo gets into the file names for the bank. The API would put the misspelled token into every name as it is, so the plan " +
			"warns about it and suggests the right one.",
		(*demo).misspell,
	},
	{
		"Destroy everything",
		"Each destination takes one DELETE.",
		(*demo).destroyAll,
	},
	{
		"Count the requests",
		"The emulator recorded every request that the provider sent.",
		(*demo).showRequests,
	},
	{
		"Search for the secrets",
		"After every command, the demo searched all output and all files for the secrets, also in hexadecimal and Base64. To prove that the " +
			"search works, the demo now searches the requests as well, where the secrets must be.",
		(*demo).showSecrets,
	},
}

func (d *demo) planAll() error {
	plan, err := d.run(changes, "plan", "-detailed-exitcode", "-out="+planFile)
	if err != nil {
		return err
	}
	if err := d.show(plan, `^  # \S+ will be created`, `\+ (signing_secret_wo|token_wo) +=`, `^Plan: 7 to add, 0 to change, 0 to destroy`); err != nil {
		return err
	}
	planned, err := d.exec([]string{"show", "-json", planFile})
	if err != nil {
		return err
	}
	d.search.Add(secretscan.PlanJSON, []byte(planned.output))
	return d.check(
		that(planned.exitCode == success, "the saved plan can be read as JSON, to search it for secrets"),
		requested(d.newRequests(), "1 GET"),
	)
}

func (d *demo) applyAll() error {
	apply, err := d.run(success, "apply", planFile)
	if err != nil {
		return err
	}
	if err := d.show(apply, `^Apply complete! Resources: 7 added, 0 changed, 0 destroyed`); err != nil {
		return err
	}
	d.println("")
	d.println("   %-18s %-14s %-8s %-13s %s", "in the API", "type", "active", "credentials", "signing secret")
	withCredentials := 0
	for _, stored := range byName(d.api.Destinations()) {
		d.println("   %-18s %-14s %-8t %-13t %t", stored.Name, stored.Type, stored.IsActive, stored.HasAuthConfig, stored.HasSigningSecret)
		if stored.HasAuthConfig {
			withCredentials++
		}
	}
	d.println("")
	return d.check(
		that(withCredentials == 7, "all seven have credentials"),
		requested(d.newWrites(), "7 POST, 1 PUT"),
	)
}

func (d *demo) planNothing() error {
	plan, err := d.run(success, "plan", "-detailed-exitcode")
	if err != nil {
		return err
	}
	if err := d.show(plan, `^No changes\.`); err != nil {
		return err
	}
	return d.check(that(count(d.newWrites()) == "", "the provider changed nothing"))
}

func (d *demo) changeURL() error {
	if err := d.edit("orders.tf", `"https://erp.example.com/v1"`, `"https://erp.example.com/v2"`); err != nil {
		return err
	}
	apply, err := d.run(success, "apply", "-auto-approve")
	if err != nil {
		return err
	}
	err = d.show(apply, `^  # \S+ will be updated in-place`, `^ .* url +=`, `^Plan: 0 to add, 1 to change, 0 to destroy`, `^Apply complete!`)
	if err != nil {
		return err
	}
	writes := d.newWrites()
	if err := d.check(requested(writes, "1 PUT")); err != nil {
		return err
	}
	sent := keys(writes[0].Body)
	return d.check(that(!slices.Contains(sent, "auth_config"), "its body has no auth_config, only %s", strings.Join(sent, " and ")))
}

func (d *demo) rotate() error {
	d.println("   TF_VAR_webhook_token=<a new random value>")
	d.env = append(d.env, "TF_VAR_webhook_token="+d.secrets.rotate("webhook_token"))
	d.secrets.sentAgain("webhook_signing_secret")
	apply, err := d.run(success, "apply", "-auto-approve")
	if err != nil {
		return err
	}
	err = d.show(apply, `^  # \S+ will be updated in-place`, `~ credentials_updated_at += ".*" -> \(known after apply\)`,
		`^Plan: 0 to add, 1 to change, 0 to destroy`, `^Apply complete!`)
	if err != nil {
		return err
	}
	writes := d.newWrites()
	if err := d.check(requested(writes, "1 PUT")); err != nil {
		return err
	}
	sent := keys(writes[0].Body, "auth_config")
	err = d.check(
		that(slices.Equal(sent, []string{"signing_secret", "token", "type"}), "its auth_config is complete: %s", strings.Join(sent, ", ")),
		that(!slices.Contains(keys(writes[0].Body), "config"), "its body does not repeat config"),
	)
	if err != nil {
		return err
	}
	return d.planNothing()
}

func (d *demo) changeType() error {
	d.println("   orders.tf: webhook { ... }  ->  s3 { ... }")
	if err := d.copyFile("config/changes/orders.tf"); err != nil {
		return err
	}
	apply, err := d.run(success, "apply", "-auto-approve")
	if err != nil {
		return err
	}
	err = d.show(apply, `^  # \S+ must be replaced`, `^ +~ type += "webhook" -> "s3" # forces replacement`,
		`^Plan: 1 to add, 0 to change, 1 to destroy`, `^Apply complete!`)
	if err != nil {
		return err
	}
	return d.check(requested(d.newWrites(), "1 POST, 1 DELETE"))
}

func (d *demo) misspell() error {
	if err := d.edit("bank.tf", `{event_id}`, `{evnt_id}`); err != nil {
		return err
	}
	plan, err := d.run(success, "plan")
	if err != nil {
		return err
	}
	if err := d.showFrom(plan, "Warning: Unknown template token"); err != nil {
		return err
	}
	return d.check(
		that(strings.Contains(strings.Join(strings.Fields(plan.output), " "), "Did you mean {event_id}?"), "the warning suggests {event_id}"),
		that(count(d.newWrites()) == "", "the provider changed nothing"),
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
	if err := d.show(destroy, `^Destroy complete! Resources: 7 destroyed`); err != nil {
		return err
	}
	return d.check(
		requested(d.newWrites(), "7 DELETE"),
		that(len(d.api.Destinations()) == 0, "no destination is left in the API"),
	)
}

// byName sorts destinations: the CLI creates them in parallel, in any order.
func byName(destinations []emulator.Destination) []emulator.Destination {
	return slices.SortedFunc(slices.Values(destinations), func(a, b emulator.Destination) int { return cmp.Compare(a.Name, b.Name) })
}
