package secretscan

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"
)

// Finder finds secrets in contents, whole or in part, however they are encoded.
//
// A secret is looked for by its words: its letters and digits between all other characters. JSON, HTML and URLs leave words as
// they are, so every mixture of their escapes is covered, and so is a secret that was cut, or of which only one line is there.
type Finder struct {
	names    []string
	patterns map[window][]pattern
}

// shortestWord is how long a word must be to stand for a secret. Shorter ones may be in any text.
const shortestWord = 12

// pattern is one form of a word of a secret.
type pattern struct {
	name int
	text []byte
}

// window is the beginning of a pattern, by which the patterns that may be at a position are found at once.
type window uint64

const windowSize = 8

// NewFinder returns a finder of these secrets, given by name. It panics at one that it could not find.
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

// forms are the ways in which a word may be written down. In Base64 it looks different at each of three positions; the
// characters that also depend on what comes before and after it are cut off. Base64 for URLs is the same for words.
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

// Finding is a secret that is in a content.
type Finding struct {
	Name    string
	Excerpt string // where it is
}

// In looks for all secrets in a content, and names each that is there once.
//
// Base64 in Base64 is decoded first: providers' private state is that in a state file.
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

// excerpt is what is around a finding, on one line.
func excerpt(content []byte, start, end int) string {
	const around = 100
	start, end = max(0, start-around), min(len(content), end+around)
	return strings.Join(strings.Fields(strings.ToValidUTF8(string(content[start:end]), "?")), " ")
}

// decoded are those parts of a content that may be Base64 and are long enough for a secret, decoded.
func decoded(content []byte) [][]byte {
	var all [][]byte
	for run := range bytes.FieldsFuncSeq(content, notInBase64) {
		if base64.RawStdEncoding.DecodedLen(len(run)) < shortestWord {
			continue
		}
		run = bytes.Map(forURLs, run)
		if len(run)%4 == 1 {
			run = run[:len(run)-1] // no length of Base64
		}
		inner := make([]byte, base64.RawStdEncoding.DecodedLen(len(run)))
		n, _ := base64.RawStdEncoding.Decode(inner, run) // of these characters, nothing else can be wrong
		all = append(all, inner[:n])
	}
	return all
}

func notInBase64(r rune) bool {
	return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && !strings.ContainsRune("+/-_", r)
}

// forURLs brings the two alphabets of Base64 to one.
func forURLs(r rune) rune {
	switch r {
	case '-':
		return '+'
	case '_':
		return '/'
	}
	return r
}
