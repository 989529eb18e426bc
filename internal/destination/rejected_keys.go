package destination

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// rejection returns the API's own rejection of the values of a write; nil if err is anything else. Only such a response allows a second request
// with other values: a gateway may have forwarded the request, and an earlier attempt may have had an effect.
func rejection(err error) *talonic.Error {
	var apiErr *talonic.Error
	isAboutValues := talonic.HasStatus(err, http.StatusBadRequest) || talonic.HasStatus(err, http.StatusUnprocessableEntity)
	if !isAboutValues || !talonic.ProvesRejection(err) || !errors.As(err, &apiErr) {
		return nil
	}
	return apiErr
}

// withoutRejected returns the desired state to try next if the API rejected unmanaged keys of config that the API itself had returned: the same
// state without these keys. ok is false if err is a different error.
func (desired desiredState) withoutRejected(change talonic.DestinationChange, err error) (again desiredState, ok bool) {
	rejected := desired.rejectedKeys(err)
	if len(rejected) == 0 || change.Config == nil {
		return desired, false
	}
	desired.unmanaged = maps.Clone(desired.unmanaged)
	for _, key := range rejected {
		delete(desired.unmanaged, key)
	}
	desired.omittedKeys = rejected
	return desired, true
}

// rejectedKeys returns the unmanaged keys that the message of the API names.
func (desired desiredState) rejectedKeys(err error) []string {
	apiErr := rejection(err)
	if apiErr == nil {
		return nil
	}

	named := func(key string) bool {
		_, owned := desired.arguments[key]
		return !owned && apidiag.FindKey(apiErr.Message, key) >= 0
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(desired.unmanaged)), func(key string) bool { return !named(key) })
}

// warnDropped returns a warning about unmanaged keys that an update omitted and that the API no longer returns.
func (desired desiredState) warnDropped(d *talonic.Destination) diag.Diagnostics {
	gone := slices.DeleteFunc(slices.Clone(desired.omittedKeys), func(key string) bool { return d.Config[key] != nil })
	if len(gone) == 0 {
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(desired.connector.BlockPath(), "Unmanaged keys of config were removed",
		fmt.Sprintf("The API returned the unmanaged keys %s in config of delivery destination %q, but rejected them in the update. The provider sent the "+
			"update without them, and the API removed them.\n\nIf you need these settings, set them in the dashboard.", strings.Join(gone, ", "), desired.name))}
}
