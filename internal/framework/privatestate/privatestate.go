// Package privatestate keeps records in private state, which Terraform has beside a resource and shows to nobody.
//
// Records are a cache. One that cannot be read is a warning, never an error: the caller goes on without it.
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

// version is the version of the records that [Remember] writes. A record without one has version 1.
const version = 1

// ErrNewer says that a record was written by a newer version of the provider.
var ErrNewer = fmt.Errorf("a newer version of the provider wrote it; this one reads records up to version %d", version)

// errDamaged does not quote the record: it may hold what a user keeps secret.
var errDamaged = errors.New("it is damaged")

// State is the framework's private state; its type has no name that can be written down.
type State interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// Key is where a kind of records is kept.
type Key struct {
	Name string

	// Without completes the warning about a record that cannot be read: how the provider goes on without it, in sentences.
	Without string
}

// Found tells what there was under a key.
type Found int

// What there can be under a key.
const (
	Nothing Found = iota
	Readable
	Damaged
	Newer
)

// Checked is a record that can tell whether what was decoded makes sense.
type Checked interface{ Check() error }

// Recall reads a record of an object, which texts call what label says. Unless the record is [Readable], it is the zero value. One
// that cannot be read is a warning. Numbers in it that have no type are [json.Number].
func Recall[T any](ctx context.Context, from State, label string, key Key) (record T, found Found, diags diag.Diagnostics) {
	raw, diags := from.GetKey(ctx, key.Name)
	if diags.HasError() || len(raw) == 0 {
		return record, Nothing, diags
	}
	record, err := Decode[T](raw)
	if err == nil {
		return record, Readable, diags
	}
	diags.AddWarning("Private record cannot be read",
		fmt.Sprintf("The record %q of %s in Terraform's private state cannot be read: %s. %s", key.Name, label, err, key.Without))
	if errors.Is(err, ErrNewer) {
		return record, Newer, diags
	}
	return record, Damaged, diags
}

// Decode reads a record from JSON. The error is [ErrNewer] if a newer version of the provider wrote it.
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

// Remember writes a record with its version. An empty record takes no place.
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

// Same reports whether two records are stored as the same.
func Same(a, b any) bool {
	before, errBefore := json.Marshal(a)
	after, errAfter := json.Marshal(b)
	return errBefore == nil && errAfter == nil && bytes.Equal(before, after)
}

// Forget removes a record.
func Forget(ctx context.Context, from State, key Key) diag.Diagnostics {
	return from.SetKey(ctx, key.Name, nil)
}
