package faults

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// hostileSubject is a kind of object whose calls get hostile responses.
type hostileSubject struct {
	resourceType  string
	configuration func(name string) map[string]any
}

var (
	hostileDestination = hostileSubject{"talonic_delivery_destination", func(name string) map[string]any {
		return map[string]any{"name": name, "webhook": map[string]any{"url": "https://api.example.com/" + name}}
	}}
	hostileBinding = hostileSubject{"talonic_delivery_binding", func(name string) map[string]any {
		b := theBinding(`{"indent":2}`, map[string]any{"max_attempts": int64(3)})
		b["name"] = name
		return b
	}}
)

// hostileOperation is a call of the provider that gets a hostile response.
type hostileOperation struct {
	of           hostileSubject
	method, path string
	run          func(ctx context.Context, d *driver) error
	creates      bool // no object exists before the call
}

var hostileOperations = slices.Concat(
	operationsOn(hostileDestination, "/v1/delivery/destinations"),
	operationsOn(hostileBinding, "/v1/delivery/bindings"),
	[]hostileOperation{
		{of: hostileDestination, method: http.MethodGet, path: "/v1/delivery/catalog/", run: func(ctx context.Context, d *driver) error {
			for _, catalog := range []string{"connectors", "signals", "deliverables", "serializers"} {
				if err := d.readData(ctx, "talonic_delivery_"+catalog, nil); err != nil {
					return err
				}
			}
			return nil
		}},
		{of: hostileDestination, method: http.MethodPost, path: "/test", run: func(ctx context.Context, d *driver) error {
			return d.readData(ctx, "talonic_delivery_destination_test", map[string]any{"destination_id": d.state.id()})
		}},
		// A plan of a binding reads the catalogs and its destination.
		{of: hostileBinding, method: http.MethodGet, path: "/v1/delivery/catalog/", run: creates(hostileBinding), creates: true},
		{of: hostileBinding, method: http.MethodGet, path: "/v1/delivery/destinations", run: creates(hostileBinding), creates: true},
	},
)

// operationsOn returns the calls for a kind of object whose list has the given path.
func operationsOn(s hostileSubject, at string) []hostileOperation {
	one := at + "/"
	return []hostileOperation{
		{of: s, method: http.MethodPost, path: at, run: creates(s), creates: true},
		{of: s, method: http.MethodGet, path: at, run: func(ctx context.Context, d *driver) error { return d.refresh(ctx) }},
		{of: s, method: http.MethodPut, path: one, run: func(ctx context.Context, d *driver) error {
			return d.applyConsistently(ctx, s.configuration("renamed"))
		}},
		{of: s, method: http.MethodGet, path: at, run: func(ctx context.Context, d *driver) error {
			return d.readData(ctx, s.resourceType+"s", nil)
		}},
		{of: s, method: http.MethodGet, path: one, run: func(ctx context.Context, d *driver) error {
			return d.readData(ctx, s.resourceType, map[string]any{"id": d.state.id()})
		}},
		{of: s, method: http.MethodGet, path: at, run: func(ctx context.Context, d *driver) error { return d.adoptAgain(ctx) }},
		{of: s, method: http.MethodGet, path: at, run: func(ctx context.Context, d *driver) error { return d.query(ctx) }},
		{of: s, method: http.MethodDelete, path: one, run: func(ctx context.Context, d *driver) error { return d.apply(ctx, nil) }},
	}
}

func creates(s hostileSubject) func(context.Context, *driver) error {
	return func(ctx context.Context, d *driver) error {
		return d.applyConsistently(ctx, s.configuration("created"))
	}
}

// adoptAgain imports the object that it already has. Like CLIs, it discards the result of a failed import.
func (d *driver) adoptAgain(ctx context.Context) error {
	before := d.state
	err := d.adopt(ctx, before.id())
	if err != nil || errorIn(d.said) != nil || d.state.value.IsNull() {
		d.state = before
	}
	return err
}

// readData reads a data source, and ignores errors of the read.
func (d *driver) readData(ctx context.Context, name string, configuration map[string]any) error {
	all, err := schemas()
	if err != nil {
		return err
	}
	read, err := d.server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{
		TypeName: name, Config: encode(acctest.Configured(all.DataSourceSchemas[name].Block.ValueType(), configuration)),
	})
	if err == nil {
		d.said = read.Diagnostics
	}
	return err
}

// query lists the complete objects, as terraform query does.
func (d *driver) query(ctx context.Context) error {
	all, err := schemas()
	if err != nil {
		return err
	}
	lister, ok := d.server.(tfprotov6.ListResourceServer)
	if !ok {
		return errors.New("the provider has no list resources")
	}
	d.said = nil
	stream, err := lister.ListResource(ctx, &tfprotov6.ListResourceRequest{
		TypeName: d.resourceType, IncludeResource: true, Limit: 100,
		Config: encode(acctest.Configured(all.ListResourceSchemas[d.resourceType].ValueType(), map[string]any{})),
	})
	if err != nil {
		return err
	}
	for result := range stream.Results {
		d.said = append(append(d.said, result.Diagnostics...), &tfprotov6.Diagnostic{Summary: result.DisplayName})
	}
	return nil
}
