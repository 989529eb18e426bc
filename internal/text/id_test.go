package text_test

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

func TestID(t *testing.T) {
	t.Parallel()
	const id = "3f0d9a6e-1b2c-4d5e-8f90-a1b2c3d4e5f6"
	for given, want := range map[string]string{
		id:                                       id,
		"3F0D9A6E-1B2C-4D5E-8F90-A1B2C3D4E5F6":   id,
		"{3f0d9a6e-1b2c-4d5e-8f90-a1b2c3d4e5f6}": id,
		"3f0d9a6e1b2c4d5e8f90a1b2c3d4e5f6":       id,
		"urn:uuid:3F0D9A6E-1b2c-4d5e-8f90-a1b2c3d4e5f6": id,
		"(3f0d9a6e-1b2c-4d5e-8f90-a1b2c3d4e5f6)":        "",
		" 3f0d9a6e-1b2c-4d5e-8f90-a1b2c3d4e5f6":         "",
		"3f0d9a6e-1b2c-4d5e-8f90-a1b2c3d4e5fg":          "",
		"erp":                                           "", "": "",
	} {
		isID := want != ""
		if !isID {
			want = given
		}
		if got := text.ID(given); got != want || text.IsID(given) != isID || text.SameID(given, id) != isID {
			t.Errorf("%q: %q, an id: %t", given, got, text.IsID(given))
		}
	}
}
