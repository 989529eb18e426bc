// Command release complements GoReleaser: it extracts release notes from the changelog, collects the files to upload, and installs
// an unreleased provider. Its tests check the content of releases and the release workflow.
//
//	go run ./internal/cmd/release notes v1.2.3
//	go run ./internal/cmd/release collect v1.2.3 dist
//	go run ./internal/cmd/release install -help
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	root, err := cli.Root()
	if err != nil {
		return err
	}
	switch {
	case len(args) == 2 && args[0] == "notes":
		return printNotes(root, args[1])
	case len(args) == 3 && args[0] == "collect":
		return collect(root, args[1], args[2])
	case len(args) > 0 && args[0] == "install":
		return runInstall(root, args[1:])
	default:
		return errors.New("usage: release notes <tag>, release collect <tag> <dist>, or release install [flags]")
	}
}

func printNotes(root, tag string) error {
	changelog, err := os.ReadFile(filepath.Join(root, "CHANGELOG.md"))
	if err != nil {
		return err
	}
	text, err := notes(string(changelog), tag)
	if err != nil {
		return err
	}
	fmt.Println(text)
	return nil
}

func runInstall(root string, args []string) error {
	home, err := homeDir()
	if err != nil {
		return err
	}
	usual := defaultMirror(home)
	var i installation
	flags := flag.NewFlagSet("install", flag.ExitOnError)
	flags.StringVar(&i.mirror, "dir", usual, "install into this filesystem mirror")
	flags.StringVar(&i.version, "version", "0.0.1", "the version to install it as")
	flags.BoolVar(&i.packed, "packed", false, "install a zip file, as in a release, rather than what is in it")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected: %q", flags.Args())
	}
	if err := i.check(); err != nil {
		return err
	}
	if i.mirror, err = filepath.Abs(i.mirror); err != nil {
		return err
	}
	content, err := os.MkdirTemp("", "talonic-install-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(content)
	if err := build(root, i.version, content); err != nil {
		return err
	}
	if err := i.place(content); err != nil {
		return err
	}

	fmt.Printf("Installed in %s. A configuration takes it with\n\n%s\n", i.mirror, i.requiredProviders())
	if i.mirror == usual {
		fmt.Printf("There, init finds it by itself, and asks no registry for it until %s is removed again.\n",
			filepath.Join(i.mirror, "*", filepath.FromSlash(source)))
	} else {
		fmt.Printf("and this CLI configuration:\n\n%s\n", i.cliConfig())
	}
	fmt.Println("When you install the same version again, remove .terraform.lock.hcl, which has the former hash, and run init.")
	return nil
}

// homeDir returns the directory for the user's application data.
func homeDir() (string, error) {
	if runtime.GOOS == "windows" {
		return os.UserConfigDir()
	}
	return os.UserHomeDir()
}

// defaultMirror returns the filesystem mirror that both CLIs use by default.
func defaultMirror(home string) string {
	if runtime.GOOS == "windows" {
		return filepath.Join(home, "terraform.d", "plugins")
	}
	return filepath.Join(home, ".terraform.d", "plugins")
}
