// Package acctest is what acceptance tests share: which CLI they run, the
// environment they run it in, a workspace to run it in by hand, and golden
// files for what it prints.
//
// A package with acceptance tests needs one line for it, and no environment:
//
//	func TestMain(m *testing.M) { acctest.Main(m) }
package acctest
