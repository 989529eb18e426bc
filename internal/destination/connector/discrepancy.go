package connector

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// AdviceOn is what to do about a key of config that the API did not store as it was told to.
func (c Connector) AdviceOn(found jsonvalue.Difference) string {
	a, _ := c.Argument(found.Path[0])
	switch {
	case found.Sent != nil:
		return "Configure what the API stores, or leave the argument out."
	case len(found.Path) == 1 && a.byDefault != nil:
		return fmt.Sprintf("Set %s to %s, which is the API's default, or replace the destination.", a.Name, jsonvalue.Quote(a.byDefault))
	}
	return "Remove it in the dashboard, or replace the destination."
}

// ArgumentPath is the argument that a key of config comes from, or its block, if the value is a secret by its form: CLIs print the line that a
// diagnostic points at.
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

// Discrepancies compares what the API stored with what it was sent, and with what it had before: a key that is not sent any
// more must be gone. Keys that the API adds by itself are its own affair.
func (c Connector) Discrepancies(before, sent, stored Config) []jsonvalue.Difference {
	found := jsonvalue.Differences(c.normalize(before), c.normalize(sent), c.normalize(stored))
	for i, d := range found {
		// People know their own spelling.
		if d.Sent != nil {
			found[i].Sent = jsonvalue.At(sent, d.Path)
		}
		if d.Stored != nil {
			found[i].Stored = jsonvalue.At(stored, d.Path)
		}
		if d.Sent == nil {
			found[i].Path = spelled(before, d.Path)
		}
		_, typed := c.Argument(d.Path[0])
		found[i].Typed = typed && len(d.Path) == 1
	}
	return slices.DeleteFunc(found, func(d jsonvalue.Difference) bool {
		a, ok := c.Argument(d.Path[0])
		return ok && len(d.Path) == 1 && a.IsDefault(d.Sent) && a.IsDefault(d.Stored)
	})
}

// spelled is a path of [jsonvalue.Difference] with the keys as an object has them.
func spelled(value any, path []string) []string {
	object, ok := value.(map[string]any)
	if !ok || len(path) == 0 {
		return path
	}
	for key, inner := range object {
		if strings.EqualFold(key, path[0]) {
			return append([]string{key}, spelled(inner, path[1:])...)
		}
	}
	return path
}

// normalize brings every key to one spelling.
func (c Connector) normalize(original Config) Config {
	canonical := maps.Clone(original)
	for _, a := range c.Arguments {
		if wire, ok := canonical[a.Name]; ok && a.normalize != nil {
			canonical[a.Name] = a.normalize(wire)
		}
	}
	return canonical
}
