// Terraform-provider-talonic serves the Talonic provider to Terraform and OpenTofu.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/talonicdev/terraform-provider-talonic/internal/provider"
)

// version is set at release time with -ldflags.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger such as delve, and print how the CLI attaches to it")
	flag.Parse()

	// Package net/http logs what it cannot make sense of, word for word.
	log.SetOutput(io.Discard)

	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address: "registry.terraform.io/talonicdev/talonic",
		Debug:   *debug,
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
