// Package privatestate stores records in private state, the part of a resource's state that Terraform stores for the provider and never shows.
//
// Records are a cache. A record that cannot be read causes a warning, never an error, and the caller continues without the record.
package privatestate

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// version is the version of the records that [Remember] writes. A record without a version has version 1.
const version = 1

// ErrNewer means that a newer provider version wrote a record.
var ErrNewer = fmt.Errorf("a newer version of the provider wrote it, and this version reads records up to version %d", version)

// errDamaged does not quote the record, because it may hold secrets.
var errDamaged = errors.New("it is damaged")

// State is the method set of the framework's private state, whose type is internal to the framework.
type State interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// Key is the key of a kind of record in private state.
type Key struct {
	Name string

	// Without completes the warning about an unreadable record. It states in sentences what the provider does without the record.
	Without string
}

// Found is the result of a search for a record.
type Found int

// Results of a search for a record.
const (
	Nothing Found = iota
	Readable
	Damaged
	Newer
)

// Checked is a record that can validate itself after decoding. Check returns an error if this provider cannot have written the record.
type Checked interface{ Check() error }

// Recall reads a record of an object. label names the object in diagnostics. Unless found is [Readable], record is the zero value. A record
// that cannot be read causes a warning. Numbers in fields of an interface type are decoded as [json.Number].
func Recall[T any](ctx context.Context, from State, label string, key Key) (record T, found Found, diags diag.Diagnostics) {
	raw, diags := from.GetKey(ctx, key.Name)
	if diags.HasError() || len(raw) == 0 {
		return record, Nothing, diags
	}
	record, err := Decode[T](raw)
	if err == nil {
		return record, Readable, diags
	}
	diags.AddWarning("Private state cannot be read",
		fmt.Sprintf("The provider cannot read the record %q of %s in private state: %s.\n\n%s", key.Name, label, err, key.Without))
	if errors.Is(err, ErrNewer) {
		return record, Newer, diags
	}
	return record, Damaged, diags
}

// Decode decodes a record from JSON. It returns [ErrNewer] if a newer provider version wrote the record.
func Decode[T any](raw []byte) (record T, err error) {
	var none T
	header := struct {
		Version *int `json:"v"`
	}{}
	if !bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) || json.Unmarshal(raw, &header) != nil {
		return none, errDamaged
	}
	switch v := header.Version; {
	case v == nil:
	case *v > version:
		return none, ErrNewer
	case *v < 1:
		return none, errDamaged
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if decoder.Decode(&record) != nil {
		return none, errDamaged
	}
	if c, ok := any(record).(Checked); ok && c.Check() != nil {
		return none, errDamaged
	}
	return record, nil
}

// Remember stores a record with its version. If the record is empty, Remember removes the stored record.
func Remember(ctx context.Context, to State, key Key, record any) diag.Diagnostics {
	raw, err := json.Marshal(record)
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Private state cannot be written", err.Error())}
	}
	if string(raw) == "{}" {
		return Forget(ctx, to, key)
	}
	return to.SetKey(ctx, key.Name, fmt.Appendf(nil, `{"v":%d,%s`, version, strings.TrimPrefix(string(raw), "{")))
}

// Same reports whether two records have the same stored form.
func Same(a, b any) bool {
	before, errBefore := json.Marshal(a)
	after, errAfter := json.Marshal(b)
	return errBefore == nil && errAfter == nil && bytes.Equal(before, after)
}

// Forget removes a record.
func Forget(ctx context.Context, from State, key Key) diag.Diagnostics {
	return from.SetKey(ctx, key.Name, nil)
}
