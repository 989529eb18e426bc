// Package acctest has helpers for acceptance tests: the tested CLI and its environment, workspaces in which tests run the CLI, and golden files
// for its output.
//
// A package with acceptance tests needs this function, and no environment variables:
//
//	func TestMain(m *testing.M) { acctest.Main(m) }
package acctest
