package connector

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// AdviceOn returns the next step if the API stored a different value for a key of config than was sent.
func (c Connector) AdviceOn(found jsonvalue.Difference) string {
	a, ok := c.Argument(found.Path[0])
	switch {
	case found.Sent != nil:
		const advice = "Configure the value that the API stores, which the next plan shows"
		if ok && a.IsRequired() {
			return advice + "."
		}
		return advice + ", or omit the argument."
	case len(found.Path) == 1 && a.apiDefault != nil:
		return fmt.Sprintf("Set %s to the API's default, %s, or replace the destination.", a.Name, jsonvalue.Quote(a.apiDefault))
	}
	return "Remove the key in the dashboard, or replace the destination."
}

// ArgumentPath returns the path of the argument for a key of config. If the value looks like a secret, it returns the path of the block,
// because CLIs print the line that a diagnostic points at.
func (c Connector) ArgumentPath(key string, value any) path.Path {
	at := c.Path()
	a, ok := c.Argument(key)
	text, _ := value.(string)
	switch {
	case !ok:
		return at.AtName(c.OtherKeys.Name)
	case jsonvalue.IsSecretURL(text):
		return c.BlockPath()
	}
	return at.AtName(a.Name)
}

// Discrepancies returns the differences between the config that was sent and the config that the API stored. If before contains a key that was
// not sent, stored must not contain it. Keys that the API adds, and values that it hides, are not discrepancies.
func (c Connector) Discrepancies(before, sent, stored Config) []jsonvalue.Difference {
	found := jsonvalue.Differences(c.normalize(before), c.normalize(sent), c.normalize(stored))
	for i, d := range found {
		// Diagnostics quote values as the user wrote them, not in normalized form.
		if d.Sent != nil {
			found[i].Sent = jsonvalue.At(sent, d.Path)
		}
		if d.Stored != nil {
			found[i].Stored = jsonvalue.At(stored, d.Path)
		}
		if d.Sent == nil {
			found[i].Path = asWritten(before, d.Path)
		}
		_, typed := c.Argument(d.Path[0])
		found[i].Typed = typed && len(d.Path) == 1
	}
	return slices.DeleteFunc(found, func(d jsonvalue.Difference) bool {
		a, ok := c.Argument(d.Path[0])
		return ok && len(d.Path) == 1 && (a.IsDefault(d.Sent) && a.IsDefault(d.Stored) || d.Sent != nil && a.isHidden(d.Stored, d.Sent))
	})
}

// asWritten returns a path of [jsonvalue.Difference] with the keys as value spells them.
func asWritten(value any, path []string) []string {
	object, ok := value.(map[string]any)
	if !ok || len(path) == 0 {
		return path
	}
	for key, inner := range object {
		if strings.EqualFold(key, path[0]) {
			return append([]string{key}, asWritten(inner, path[1:])...)
		}
	}
	return path
}

// normalize returns a copy of original with every value in its normalized form.
func (c Connector) normalize(original Config) Config {
	normalized := maps.Clone(original)
	for _, a := range c.Arguments {
		if wire, ok := normalized[a.Name]; ok && a.normalize != nil {
			normalized[a.Name] = a.normalize(wire)
		}
	}
	return normalized
}
