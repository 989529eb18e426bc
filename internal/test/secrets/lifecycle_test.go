package secrets

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// A lifecycle without errors leaks nothing, from create to destroy, with saved plans, a rotation, a lost group and a removal.
func TestLifecycle(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, emulator.Behavior{FillDefaults: true})
	w.Setenv("TALONIC_API_KEY", "")
	all := destinations(len(samples), 0)
	const provider = `
provider "talonic" {
  api_key = var.secrets["api_key"]
}

data "talonic_delivery_connectors" "all" {}
`
	w.configure(all, provider)

	w.give(all, "")
	w.mustRun("validate")
	w.mustRun("plan", "-out="+planFile)
	w.mustRun("show", "-no-color", planFile)
	w.mustRun("show", "-json", planFile)
	w.mustRun("apply", planFile)
	w.mustRun("plan", "-detailed-exitcode")
	w.mustRun("show", "-json")
	w.mustRun("state", "pull")

	w.give(all, " rotated")
	w.mustRun("plan", "-out="+planFile)
	w.mustRun("show", "-json", planFile)
	w.mustRun("apply", planFile)

	for _, d := range w.api.Destinations() {
		w.api.Edit(d.ID, func(d *emulator.Destination) { d.HasAuthConfig, d.HasSigningSecret = false, false })
	}
	w.mustRun("apply", "-refresh-only", "-auto-approve")
	w.mustRun("apply", "-auto-approve", "-json")
	w.mustRun("plan", "-detailed-exitcode")
	w.wereSent()

	// The credentials are versioned, so changed values are not sent.
	for i := range all {
		all[i].more = "credentials_wo_version = 1"
	}
	w.configure(all, provider)
	w.give(all, " not sent")
	w.mustRun("apply", "-auto-approve")

	removed := all[0]
	removed.sample.secrets, removed.sample.block = nil, ""
	removed.more = "credentials_wo_version = 2"
	w.configure([]destination{removed}, provider)
	w.mustRun("apply", "-auto-approve")
	w.mustRun("destroy", "-auto-approve")
	w.wasSeen(secretscan.State, secretscan.Backup, secretscan.Plan, secretscan.PlanJSON, secretscan.Stdout, secretscan.Log)
}

// A secret URL does not leak if the API returns it in a different form, or only in part.
func TestLifecycleOfRewrittenURL(t *testing.T) {
	t.Parallel()
	for name, behavior := range map[string]emulator.Behavior{
		"rewritten": {TrimURLSlash: true, NormalizeURL: true, SortURLQuery: true, DeriveURLHost: true},
		"host only": {URLForm: emulator.URLHostOnly, DeriveURLHost: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, behavior)
			all := []destination{{name: "d000", sample: secretURL}}
			w.configure(all, "data \"talonic_delivery_destinations\" \"all\" {}\n")
			w.give(all, "")
			w.mustRun("apply", "-auto-approve")
			sent := w.secrets["d000 webhook.url_wo"]
			stored := w.api.Destinations()[0]
			if rewritten := stored.Config["url"] != sent; rewritten != behavior.SortURLQuery {
				t.Errorf("the API stores %s as %s", sent, stored.Config["url"])
			}
			w.mustRun("plan", "-detailed-exitcode")

			w.give(all, " rotated")
			w.mustRun("plan", "-out="+planFile)
			w.mustRun("show", "-json", planFile)
			w.mustRun("apply", planFile)
			w.api.Edit(stored.ID, func(d *emulator.Destination) { d.Config["url"] = sent + "1" })
			w.mustRun("apply", "-auto-approve", "-json")
			w.mustRun("destroy", "-auto-approve")
			w.wereSent()
			w.wasSeen(secretscan.State, secretscan.Backup, secretscan.Plan, secretscan.PlanJSON, secretscan.Stdout, secretscan.Log)
		})
	}
}

// An import reads the stored object, and may generate a configuration from it. The provider sends configured secrets once.
func TestImport(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, emulator.Behavior{FillDefaults: true})
	all := destinations(len(samples), 0)
	w.configure(all)
	w.give(all, "")
	w.mustRun("apply", "-auto-approve")
	if err := os.Remove(filepath.Join(w.Dir, "terraform.tfstate")); err != nil {
		t.Fatal(err)
	}
	imports := func(more string) string {
		var blocks strings.Builder
		for _, d := range w.api.Destinations() {
			fmt.Fprintf(&blocks, "\nimport {\n  to = talonic_delivery_destination.%s\n  id = %q\n%s}\n", d.Name, d.ID, more)
		}
		return blocks.String()
	}

	w.configure(nil, imports("  provider = talonic\n")) // otherwise the newest Terraform does not know the provider of the import
	w.run("plan", "-generate-config-out=generated.tf")  // the generated configuration may be incomplete, which does not matter here
	w.wasSeen(secretscan.Other)
	if err := os.Remove(filepath.Join(w.Dir, "generated.tf")); err != nil {
		t.Fatal(err)
	}

	w.configure(all, imports(""))
	w.give(all, " imported")
	w.mustRun("apply", "-auto-approve")
	w.wereSent()
	w.wasSeen(secretscan.State, secretscan.Stdout, secretscan.Log)
}
