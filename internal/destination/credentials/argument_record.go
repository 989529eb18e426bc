package credentials

import (
	"errors"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// ArgumentRecord recognizes the value of a write-only argument of config without holding it. The API shows such a value. The record is
// kept in private state. The zero value means that nothing is known of the value.
type ArgumentRecord struct {
	// Sent recognizes the value that Terraform last sent and the API stored, or the value that an import found.
	Sent *Hash `json:"sent,omitempty"`

	// Shown recognizes the value as the API showed it, if it differs from the one sent; nil otherwise.
	Shown *Hash `json:"shown,omitempty"`

	// Drifted reports whether the API showed another value at the last read.
	Drifted bool `json:"drifted,omitempty"`
}

// NewArgumentRecord returns the record of a value that was sent, given the value that the API has shown since. If shown is not a string,
// or wholly masked, the record assumes that the API shows the value as it was sent.
func NewArgumentRecord(sent string, shown any) ArgumentRecord {
	record := ArgumentRecord{Sent: hashOf(sent)}
	if other, ok := shown.(string); ok && !isWhollyMasked(other) && !text.Equal(jsonvalue.NormalURL(other), jsonvalue.NormalURL(sent)) {
		record.Shown = hashOf(other)
	}
	return record
}

// isWhollyMasked reports whether no part of a value is visible.
func isWhollyMasked(shown string) bool { return jsonvalue.MayMask(shown, "") }

// AfterRead returns the record after the API has shown a value. The zero record stays zero. If shown is nil or masked, the record stays the
// same, unless the API has shown another mask after the value was sent.
func (r ArgumentRecord) AfterRead(shown any) ArgumentRecord {
	last := r.Shown
	if last == nil {
		last = r.Sent
	}
	if last == nil {
		return ArgumentRecord{}
	}
	value, ok := shown.(string)
	if shown == nil || isWhollyMasked(value) || jsonvalue.IsMasked(shown) && r.Shown == nil {
		return r
	}
	r.Drifted = !ok || !isHashOf(last, value)
	return r
}

// Recognizes reports whether value is the one that was sent, or an equivalent URL. It returns false if nothing is known of that one.
func (r ArgumentRecord) Recognizes(value string) bool {
	return r.Sent != nil && isHashOf(r.Sent, value)
}

// Check returns an error if the provider cannot have written the record.
func (r ArgumentRecord) Check() error {
	for _, h := range []*Hash{r.Sent, r.Shown} {
		if h != nil && !h.isAffordable() {
			return errors.New("its hash is not one that the provider makes")
		}
	}
	return nil
}

// hashOf returns the hash of a value. The hash of a URL is that of its normalized form, because the API may store the URL in that form.
func hashOf(value string) *Hash { return NewHash(valuesOf(jsonvalue.NormalURL(value))) }

// isHashOf reports whether a hash is that of a value. Earlier versions of the provider did not normalize URLs, so their hashes match only
// the exact value.
func isHashOf(h *Hash, value string) bool {
	normal := jsonvalue.NormalURL(value)
	return h.matches(valuesOf(normal)) || normal != value && h.matches(valuesOf(value))
}

// valuesOf returns what is hashed for a value. Its Unicode composition is normalized, so that it does not affect the hash.
func valuesOf(value string) []string { return []string{text.Canonical(value)} }
