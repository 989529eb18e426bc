package destination

import "github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"

// configRecord is the key of a [connector.ConfigRecord] in private state.
var configRecord = privatestate.Key{
	Name: "config",
	Without: "Terraform goes on without it: values that the API shows in a normalized form may show a diff once, and unmanaged keys of config " +
		"are read from the API before config is updated, so that they stay.",
}

// credentialRecord is the key of a [credentials.Record] in private state.
var credentialRecord = privatestate.Key{
	Name: "credentials",
	Without: "Terraform goes on without it, as after an import: credentials that are configured are sent once more, and those that are not " +
		"configured stay as they are.",
}

// warnedRecord is the key of a [warned] in private state. The destroy of a destination that is replaced by -replace, or because it is
// tainted, is not planned separately.
var warnedRecord = privatestate.Key{Name: "warned", Without: "Terraform goes on without it: the bindings of the destination are named once more."}

// warned records that the plan of a destroy has already named the bindings.
type warned struct {
	OfLoss bool `json:"of_loss,omitempty"`
}
