package credentials

import (
	"errors"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// ArgumentRecord identifies the value of a write-only argument of config by hashes, without storing the value. Private state stores the
// record. The zero value means that the value is unknown.
type ArgumentRecord struct {
	// Sent is the hash of the value that Terraform last sent and the API stored, or of the value that an import found.
	Sent *Hash `json:"sent,omitempty"`

	// Shown is the hash of the API's value if it differs from the sent value; nil otherwise.
	Shown *Hash `json:"shown,omitempty"`

	// Drifted reports whether the API returned a different value at the last read.
	Drifted bool `json:"drifted,omitempty"`
}

// NewArgumentRecord returns the record of a value that was sent. shown is the API's value after the write. If shown is not a string, or is
// wholly masked, the record assumes that the API returns the value as it was sent.
func NewArgumentRecord(sent string, shown any) ArgumentRecord {
	record := ArgumentRecord{Sent: hashOf(sent)}
	if other, ok := shown.(string); ok && !isWhollyMasked(other) && !text.Equal(jsonvalue.NormalURL(other), jsonvalue.NormalURL(sent)) {
		record.Shown = hashOf(other)
	}
	return record
}

// isWhollyMasked reports whether no part of a value is visible.
func isWhollyMasked(shown string) bool { return jsonvalue.MayMask(shown, "") }

// AfterRead returns the record updated with a value that the API returned. The zero record stays zero. If shown is nil or masked, the record
// stays the same, unless the masked value differs from the one that the API returned after the write.
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

// Recognizes reports whether value equals the sent value or is an equivalent URL. It returns false if no hash of the sent value is known.
func (r ArgumentRecord) Recognizes(value string) bool {
	return r.Sent != nil && isHashOf(r.Sent, value)
}

// Check returns an error if this provider cannot have written the record.
func (r ArgumentRecord) Check() error {
	for _, h := range []*Hash{r.Sent, r.Shown} {
		if h != nil && !h.isAffordable() {
			return errors.New("its hash is not one that the provider makes")
		}
	}
	return nil
}

// hashOf returns the hash of a value. A URL is hashed in normalized form, because the API may store the URL in that form.
func hashOf(value string) *Hash { return NewHash(valuesOf(jsonvalue.NormalURL(value))) }

// isHashOf reports whether h is the hash of value. Earlier provider versions did not normalize URLs, so their hashes match only the exact
// value.
func isHashOf(h *Hash, value string) bool {
	normal := jsonvalue.NormalURL(value)
	return h.matches(valuesOf(normal)) || normal != value && h.matches(valuesOf(value))
}

// valuesOf returns the values to hash. It normalizes the Unicode composition, so that the composition does not affect the hash.
func valuesOf(value string) []string { return []string{text.Canonical(value)} }
