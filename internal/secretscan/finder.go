package secretscan

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"
)

// Finder finds secrets and parts of secrets in contents, in any common encoding.
//
// It searches for the words of a secret: its sequences of letters and digits. JSON, HTML and URLs do not escape letters and
// digits, so the finder also finds a secret with any mixture of their escapes, a truncated secret, and a single line of a secret.
type Finder struct {
	names    []string
	patterns map[window][]pattern
}

// shortestWord is the minimum length of a word to search for, in bytes. Shorter words may occur in any text.
const shortestWord = 12

// pattern is one form of a word of a secret.
type pattern struct {
	name int
	text []byte
}

// window holds the first bytes of a pattern. It is the key to look up all patterns that may match at a position.
type window uint64

const windowSize = 8

// NewFinder returns a finder of these secrets, given by name. It panics if a secret has no word that is long enough.
func NewFinder(secrets map[string]string) *Finder {
	f := &Finder{patterns: map[window][]pattern{}}
	for name, secret := range secrets {
		all := words(secret)
		if len(all) == 0 {
			panic("no word of the secret " + name + " is long enough to be looked for")
		}
		for _, word := range all {
			for _, form := range forms(word) {
				start := windowAt(form, 0)
				f.patterns[start] = append(f.patterns[start], pattern{len(f.names), form})
			}
		}
		f.names = append(f.names, name)
	}
	return f
}

func words(secret string) []string {
	all := strings.FieldsFunc(secret, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	return slices.DeleteFunc(all, func(word string) bool { return len(word) < shortestWord })
}

// forms returns the encoded forms of a word. Its Base64 form depends on its position modulo 3, so there are three; each omits the
// characters that also depend on the text before and after the word. Base64 for URLs needs no forms, because words have neither of
// the characters in which it differs.
func forms(word string) [][]byte {
	inHex := hex.EncodeToString([]byte(word))
	all := [][]byte{[]byte(word), []byte(inHex), []byte(strings.ToUpper(inHex))}
	for before := range 3 {
		text := append(make([]byte, before), word...)
		start, end := (before*8+5)/6, len(text)*8/6
		all = append(all, []byte(base64.RawStdEncoding.EncodeToString(text)[start:end]))
	}
	return all
}

func windowAt(content []byte, i int) window {
	return window(binary.LittleEndian.Uint64(content[i : i+windowSize]))
}

// Finding is a secret that was found in a content.
type Finding struct {
	Name    string
	Excerpt string // the text around the secret
}

// In searches a content for all secrets, and returns each secret that it finds once.
//
// It also searches decoded Base64 in up to three layers, because a state file contains private state as Base64 in Base64.
func (f *Finder) In(content []byte) []Finding {
	found := map[int]string{}
	const layers = 3
	f.look(content, layers, found)

	var all []Finding
	for name, excerpt := range found {
		all = append(all, Finding{f.names[name], excerpt})
	}
	slices.SortFunc(all, func(a, b Finding) int { return strings.Compare(a.Name, b.Name) })
	return all
}

func (f *Finder) look(content []byte, layers int, found map[int]string) {
	for i := 0; i+windowSize <= len(content); i++ {
		for _, p := range f.patterns[windowAt(content, i)] {
			if _, known := found[p.name]; !known && bytes.HasPrefix(content[i:], p.text) {
				found[p.name] = excerpt(content, i, i+len(p.text))
			}
		}
	}
	if layers == 0 {
		return
	}
	for _, inner := range decoded(content) {
		f.look(inner, layers-1, found)
	}
}

// excerpt returns the text around a finding, on one line.
func excerpt(content []byte, start, end int) string {
	const around = 100
	start, end = max(0, start-around), min(len(content), end+around)
	return strings.Join(strings.Fields(strings.ToValidUTF8(string(content[start:end]), "?")), " ")
}

// decoded returns the decoded parts of a content that may be Base64 and are long enough for a secret.
func decoded(content []byte) [][]byte {
	var all [][]byte
	for run := range bytes.FieldsFuncSeq(content, notInBase64) {
		if base64.RawStdEncoding.DecodedLen(len(run)) < shortestWord {
			continue
		}
		run = bytes.Map(toStandardBase64, run)
		if len(run)%4 == 1 {
			run = run[:len(run)-1] // Base64 never has this length
		}
		inner := make([]byte, base64.RawStdEncoding.DecodedLen(len(run)))
		n, _ := base64.RawStdEncoding.Decode(inner, run) // all characters are valid, so there is no other error
		all = append(all, inner[:n])
	}
	return all
}

func notInBase64(r rune) bool {
	return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && !strings.ContainsRune("+/-_", r)
}

// toStandardBase64 maps the URL alphabet of Base64 to the standard alphabet.
func toStandardBase64(r rune) rune {
	switch r {
	case '-':
		return '+'
	case '_':
		return '/'
	}
	return r
}
