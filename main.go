// Terraform-provider-talonic serves the Talonic provider to Terraform and OpenTofu.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/talonicdev/terraform-provider-talonic/internal/provider"
)

// version is set by the release build with -ldflags.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger such as delve, and print how the CLI attaches to it")
	flag.Parse()

	// Package net/http logs malformed messages verbatim, and these may contain secrets.
	log.SetOutput(io.Discard)
	// If this variable is set, the protocol library writes all messages from the CLI, including secrets, to files.
	if err := os.Unsetenv("TF_LOG_SDK_PROTO_DATA_DIR"); err != nil {
		fatal(err)
	}

	relaxGC()
	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	} else if err := silenceFrameworkLogs(); err != nil {
		fatal(err)
	}
	if err := tf6server.Serve("registry.terraform.io/talonicdev/talonic", provider.NewServer(version), options...); err != nil {
		fatal(err)
	}
}

func fatal(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
