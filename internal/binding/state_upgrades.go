package binding

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/stateupgrade"
)

// stateUpgrades upgrades states of earlier schema versions. It is empty, because there has been only one version.
var stateUpgrades stateupgrade.Steps

// UpgradeState returns the upgraders for states of earlier schema versions.
func (r *Resource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return stateUpgrades.Upgraders(newSchema())
}
