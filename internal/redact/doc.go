// Package redact handles text from outside: it detects repeated secrets, and makes text safe to show.
//
// A [Register] holds the secrets of this process. [Register.Repeats] detects a secret in any common encoding, and
// [Register.Value] replaces values that repeat one. [Block], [Quote] and [Line] make text safe for terminals and for the logs of
// CI systems.
//
// Package talonic applies the package to errors (scrub_errors.go) and to responses (scrub_results.go). Values that are not secrets, but that a
// user may have marked as sensitive, are redacted by jsonvalue.Hidden.
package redact
