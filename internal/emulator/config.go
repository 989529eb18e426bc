package emulator

import (
	"bytes"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// configToStore returns the config to store after sent is written to a destination whose config is stored (nil for a new
// destination).
func configToStore(b Behavior, c connector, stored fields, sent any) (fields, problems) {
	var found problems
	if !object.accepts(sent) {
		found.wrong("config", object.wording)
		return nil, found
	}

	config := fields{}
	if b.MergeConfig {
		maps.Copy(config, stored)
	}
	maps.Copy(config, sent.(fields))
	if c.opaque {
		return config, nil
	}

	found.check("config.", config, c.config)
	if b.RefuseUnknownKeys {
		found.unknown("config.", sent.(fields), names(c.config)...)
	}
	if len(found) > 0 {
		return nil, found
	}
	return rewritten(b, c, config), nil
}

// rewritten applies the changes that the API may make to a valid config before it stores it.
func rewritten(b Behavior, c connector, config fields) fields {
	config = maps.Clone(config)
	if b.DropUnknownKeys {
		known := names(c.config)
		maps.DeleteFunc(config, func(key string, _ any) bool { return !slices.Contains(known, key) })
	}
	if address, ok := config["url"].(string); ok {
		config["url"] = rewrittenURL(b, address)
		if u, err := url.Parse(address); err == nil && b.DeriveURLHost {
			config["url_host"] = u.Hostname()
		}
	}
	if headers, ok := config["headers"].(fields); ok && b.LowerCaseHeaderNames {
		lower := fields{}
		for _, name := range slices.Sorted(maps.Keys(headers)) {
			lower[strings.ToLower(name)] = headers[name]
		}
		config["headers"] = lower
	}
	return config
}

// rewrittenURL applies the changes that the API may make to a valid URL before it stores it.
func rewrittenURL(b Behavior, address string) string {
	if b.TrimURLSlash {
		address = strings.TrimSuffix(address, "/")
	}
	if b.NormalizeURL {
		address = normalizedURL(address)
	}
	bare, fragment, hasFragment := strings.Cut(address, "#")
	before, query, hasQuery := strings.Cut(bare, "?")
	if !b.SortURLQuery || !hasQuery {
		return address
	}
	parameters := strings.Split(query, "&")
	slices.SortStableFunc(parameters, func(a, b string) int { return strings.Compare(nameOf(a), nameOf(b)) })
	sorted := before + "?" + strings.Join(parameters, "&")
	if hasFragment {
		sorted += "#" + fragment
	}
	return sorted
}

// nameOf returns the name of a query parameter.
func nameOf(parameter string) string {
	name, _, _ := strings.Cut(parameter, "=")
	return name
}

var credentialHeader = regexp.MustCompile(`(?i)auth|token|secret|password|cookie|signature|api-?key`)

// configToShow returns the config for a response.
func configToShow(b Behavior, c connector, stored fields) fields {
	if stored == nil {
		return nil
	}
	config := maps.Clone(stored)
	if b.FillDefaults {
		config = withPresets(stored, c.config)
	}
	if headers, ok := config["headers"].(fields); ok && b.RedactHeaders {
		shown := maps.Clone(headers)
		for name := range shown {
			if credentialHeader.MatchString(name) {
				shown[name] = "***"
			}
		}
		config["headers"] = shown
	}
	showURL(b.URLForm, config)
	return config
}

// showURL replaces the URL in config with its form in responses.
func showURL(form URLForm, config fields) {
	address, ok := config["url"].(string)
	if !ok {
		return
	}
	switch form {
	case URLStored:
	case URLOmitted:
		delete(config, "url")
	case URLMasked:
		config["url"] = "***"
	case URLHostOnly:
		u, err := url.Parse(address)
		if err == nil {
			config["url"] = u.Scheme + "://" + u.Host + "/***"
		}
	}
}

// orderedConfig encodes config with the documented keys first, in their order in the documented examples.
type orderedConfig struct {
	config fields
	first  []string
}

func (o orderedConfig) MarshalJSON() ([]byte, error) {
	if o.config == nil {
		return []byte("null"), nil
	}
	rest := slices.DeleteFunc(slices.Sorted(maps.Keys(o.config)), func(key string) bool { return slices.Contains(o.first, key) })

	var out bytes.Buffer
	out.WriteByte('{')
	for _, key := range slices.Concat(o.first, rest) {
		value, set := o.config[key]
		if !set {
			continue
		}
		if out.Len() > 1 {
			out.WriteByte(',')
		}
		member, err := encoded(fields{key: value})
		if err != nil {
			return nil, err
		}
		out.Write(member[1 : len(member)-1])
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}
