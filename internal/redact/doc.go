// Package redact judges text that comes from outside: whether it repeats a secret, and how it can be shown to people.
//
// A [Register] knows the secrets of this process. [Register.Repeats] recognizes one however it is written down, and
// [Register.Value] replaces what repeats one. [Block], [Quote] and [Line] make text harmless for terminals and for the logs of
// CI systems.
//
// Package talonic applies it: to errors in scrub.go, to responses in screen.go. Values that are no secret, but that a user may have marked
// as sensitive, are taken out by jsonvalue.Hidden.
package redact
