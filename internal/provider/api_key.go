package provider

import (
	"errors"
	"fmt"
	"runtime"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// apiKey returns the API key from the provider block. If the provider block has none, apiKey returns the API key from the environment.
func (c configuration) apiKey() (string, diag.Diagnostics) {
	var diags diag.Diagnostics
	key, file := apiKeyInEnvironment()
	for _, place := range []struct{ key, file, where string }{
		{c.APIKey.ValueString(), c.APIKeyFile.ValueString(), "api_key and api_key_file"},
		{key, file, "the environment variables " + apiKeyVariable + " and " + apiKeyFileVariable},
	} {
		switch {
		case place.key != "" && place.file != "":
			diags.AddError("Conflicting API keys", "Both "+place.where+" are set. Remove one of the two.")
			return "", diags
		case place.key != "":
			return place.key, nil
		case place.file != "":
			key, err := readKeyFile(place.file, c.AllowShared.ValueBool())
			if err != nil {
				diags.AddError("Invalid API key file", "The file "+redact.Quote(place.file)+" "+err.Error()+".")
			}
			return key, diags
		}
	}
	diags.AddAttributeError(path.Root("api_key"), "Missing API key",
		"The provider requires an API key.\n\nSet the environment variable "+apiKeyVariable+" or "+apiKeyFileVariable+". Alternatively, set api_key or "+
			"api_key_file in the provider block.")
	return "", diags
}

// readKeyFile returns the API key in a file, without the trailing line break. As with SSH keys, other users must not be able to read the file,
// unless shared is true. Errors complete a sentence and never quote the content.
func readKeyFile(name string, shared bool) (string, error) {
	content, info, err := readFile(name)
	if err != nil {
		return "", err
	}
	const others = 0o077
	if mode := info.Mode().Perm(); mode&others != 0 && !shared && runtime.GOOS != "windows" {
		return "", fmt.Errorf("has the permissions %04o, so other users can read or change it. Run chmod 600. If a CI system mounts the file with these permissions, set "+
			"allow_shared_api_key_file instead", mode)
	}
	key := strings.TrimRight(string(content), "\r\n")
	switch {
	case key == "":
		return "", errors.New("is empty")
	case strings.ContainsAny(key, "\r\n"):
		return "", errors.New("has more than one line")
	}
	return key, nil
}
