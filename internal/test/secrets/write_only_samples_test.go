package secrets

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	dataschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/talonicdev/terraform-provider-talonic/internal/provider"
)

// sample is a destination with secrets: a connector and one of its credential blocks.
type sample struct {
	connector string
	arguments string   // arguments that the connector requires
	secrets   []string // secret arguments of the connector
	block     string   // the credential block; empty if there is none
	plain     string   // non-secret arguments of the block
	inBlock   []string // secret arguments of the block
}

// samples cover every write-only argument of the provider.
var samples = []sample{
	{"webhook", `url = "https://api.example.com/in"`, []string{"signing_secret_wo"}, "auth_bearer", "", []string{"token_wo"}},
	{"webhook", "", []string{"url_wo", "signing_secret_wo"}, "auth_basic", `username = "talonic"`, []string{"password_wo"}},
	{"webhook", `url = "https://api.example.com/in"`, nil, "auth_api_key", "", []string{"api_key_wo"}},
	{"sftp", sftpArguments, nil, "auth_password", "", []string{"password_wo"}},
	{"sftp", sftpArguments, nil, "auth_private_key", "", []string{"private_key_wo", "passphrase_wo"}},
	{"s3", s3Arguments, nil, "auth_access_key", `access_key_id = "AKIAEXAMPLE"`, []string{"secret_access_key_wo", "session_token_wo"}},
	{"azure_blob", azureArguments, nil, "auth_connection_string", "", []string{"connection_string_wo"}},
	{"azure_blob", azureArguments, nil, "auth_account_key", "", []string{"account_key_wo"}},
	{"google_drive", "", nil, "auth_oauth", "", []string{"access_token_wo", "refresh_token_wo", "additional_auth_config_wo"}},
	{"onedrive", "", nil, "auth_oauth", "", []string{"access_token_wo", "refresh_token_wo", "additional_auth_config_wo"}},
	{"custom", `type = "google_sheets"`, []string{"auth_config_wo"}, "", "", nil},
}

// secretURL is a webhook with a secret URL.
var secretURL = samples[1]

const (
	sftpArguments = `host = "sftp.example.com"
    username = "talonic"
    remote_path = "/in"`
	s3Arguments = `bucket = "acme-deliveries"
    region = "eu-central-1"`
	azureArguments = `account_name = "acme"
    container = "deliveries"`
)

// writeOnly returns the paths of the write-only arguments of a sample in the resource.
func (s sample) writeOnly() []string {
	var paths []string
	for _, name := range s.secrets {
		paths = append(paths, s.connector+"."+name)
	}
	for _, name := range s.inBlock {
		paths = append(paths, s.connector+"."+s.block+"."+name)
	}
	return paths
}

// hcl returns the sample as a resource with additional arguments. value returns the expression for the secret argument at a path.
func (s sample) hcl(name, more string, value func(path string) string) string {
	var b strings.Builder
	assign := func(prefix string, arguments []string) {
		for _, argument := range arguments {
			fmt.Fprintf(&b, "    %s = %s\n", argument, value(prefix+"."+argument))
		}
	}
	fmt.Fprintf(&b, "resource \"talonic_delivery_destination\" %q {\n  name = %q\n  %s\n", name, name, more)
	fmt.Fprintf(&b, "  %s {\n    %s\n", s.connector, s.arguments)
	assign(s.connector, s.secrets)
	if s.block != "" {
		fmt.Fprintf(&b, "    %s {\n    %s\n", s.block, s.plain)
		assign(s.connector+"."+s.block, s.inBlock)
		b.WriteString("    }\n")
	}
	b.WriteString("  }\n}\n")
	return b.String()
}

// Every write-only argument has a sample, and every sensitive argument of the provider or of a data source is listed here.
func TestEveryWriteOnlyArgumentHasASample(t *testing.T) {
	t.Parallel()
	want := map[string]bool{"provider.api_key": true}
	for _, s := range samples {
		for _, path := range s.writeOnly() {
			want["talonic_delivery_destination."+path] = true
		}
	}
	got := map[string]bool{}
	for _, path := range secretArguments(t) {
		got[path] = true
	}
	for path := range got {
		if !want[path] {
			t.Errorf("%s has no sample, so nobody looks for its value", path)
		}
	}
	for path := range want {
		if !got[path] {
			t.Errorf("%s is no secret of the provider any more", path)
		}
	}
}

// secretArguments returns the paths of all write-only or sensitive arguments.
func secretArguments(t *testing.T) []string {
	t.Helper()
	ctx := t.Context()
	p := provider.New("test")()
	var found []string

	var configured frameworkprovider.SchemaResponse
	p.Schema(ctx, frameworkprovider.SchemaRequest{}, &configured)
	for name, attribute := range configured.Schema.Attributes {
		if attribute.IsSensitive() || attribute.IsWriteOnly() {
			found = append(found, "provider."+name)
		}
	}
	if len(configured.Schema.Blocks) > 0 {
		t.Error("the provider has blocks, which this test does not look into")
	}
	for _, newResource := range p.Resources(ctx) {
		r := newResource()
		var named resource.MetadataResponse
		r.Metadata(ctx, resource.MetadataRequest{ProviderTypeName: "talonic"}, &named)
		var described resource.SchemaResponse
		r.Schema(ctx, resource.SchemaRequest{}, &described)
		found = append(found, secretsIn(t, named.TypeName, described.Schema.Attributes, described.Schema.Blocks)...)
	}
	for _, newDataSource := range p.DataSources(ctx) {
		var described datasource.SchemaResponse
		newDataSource().Schema(ctx, datasource.SchemaRequest{}, &described)
		for name, attribute := range described.Schema.Attributes {
			isArgument := attribute.IsRequired() || attribute.IsOptional()
			if _, isNested := attribute.(dataschema.NestedAttribute); !isNested && isArgument && attribute.IsSensitive() {
				found = append(found, "data."+name)
			}
		}
	}
	slices.Sort(found)
	return found
}

func secretsIn(t *testing.T, at string, attributes map[string]schema.Attribute, blocks map[string]schema.Block) []string {
	t.Helper()
	var found []string
	for name, attribute := range attributes {
		if _, isNested := attribute.(schema.NestedAttribute); isNested {
			t.Errorf("%s.%s is a nested attribute, which this test does not look into", at, name)
		}
		if attribute.IsWriteOnly() || attribute.IsSensitive() {
			found = append(found, at+"."+name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(blocks)) {
		list, ok := blocks[name].(schema.ListNestedBlock)
		if !ok {
			t.Fatalf("%s.%s is a %T, which this test does not look into", at, name, blocks[name])
		}
		found = append(found, secretsIn(t, at+"."+name, list.NestedObject.Attributes, list.NestedObject.Blocks)...)
	}
	return found
}
