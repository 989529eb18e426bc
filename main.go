// Terraform-provider-talonic serves the Talonic provider to Terraform and OpenTofu.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/talonicdev/terraform-provider-talonic/internal/provider"
)

// version is set at release time with -ldflags.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger such as delve, and print how the CLI attaches to it")
	flag.Parse()

	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address: "registry.terraform.io/talonicdev/talonic",
		Debug:   *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}
