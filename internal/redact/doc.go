// Package redact handles text from outside: it detects repeated secrets, and makes text safe to show.
//
// A [Register] holds the secrets of this process. [Register.Repeats] detects a secret in any common encoding, and [Register.Value]
// replaces values that contain a secret. [Block], [Quote] and [Line] make text safe for terminals and for the logs of CI systems.
//
// Package talonic redacts errors (scrub_errors.go) and responses (scrub_results.go) with this package. jsonvalue.Hidden redacts
// values that are not secrets, but that a user may have marked as sensitive.
package redact
