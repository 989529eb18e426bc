package redact

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

const (
	// Redacted replaces a value that contains a secret.
	Redacted = "(sensitive value)"

	// shortestPart is the minimum length of a recognized part of a secret, in characters.
	shortestPart = 8

	// shortestSecret is the minimum length of a secret, in characters. Shorter values occur in many texts by chance.
	shortestSecret = 4

	// windowSize is the number of bytes in one lookup. Folding drops some characters. A part of shortestPart characters still has a window
	// without a dropped character, unless most of the part is white space and quotes.
	windowSize = 5

	// longSecret is the size in bytes above which only every longStride-th window of a secret is indexed, to save memory. A part
	// of shortestPart bytes still contains an indexed window.
	longSecret, longStride = 512, shortestPart - windowSize + 1

	// maxPlaces limits the number of places that are stored for one window. If a place is not stored, the secret is
	// still found by its other windows.
	maxPlaces = 16
)

// Process is the register of this process. It holds every secret from the configuration and from the requests of any client.
var Process = NewRegister()

// Register holds secrets and finds them in texts. Create it with [NewRegister]. It is safe for concurrent use.
type Register struct {
	mu      sync.RWMutex
	known   map[string]bool // added secrets, unchanged
	secrets []secret
	short   map[string]bool  // secrets that are only recognized in full
	filter  []uint64         // a set bit means that heads may contain the window
	heads   map[uint64]int32 // by window: index of its first place in places
	places  []place

	isPublic map[string]bool
	public   []byte // folded texts that are not secret, each followed by a 0 byte
}

// secret is a secret of which even parts are recognized.
type secret struct {
	folded    []byte
	positions []int32
	length    int32 // in characters
}

// place is the position of a window in a secret. next is another place with the same window, or -1.
type place struct{ secret, at, next int32 }

// NewRegister returns a register without secrets.
func NewRegister() *Register {
	r := &Register{known: map[string]bool{}, short: map[string]bool{}, heads: map[uint64]int32{}, isPublic: map[string]bool{}}
	r.AddPublic(boilerplate...)
	return r
}

// boilerplate holds texts that all secrets of a kind share. They are public. Otherwise, messages about a secret, and other values
// of its kind, would be redacted.
var boilerplate = []string{
	"-----BEGIN OPENSSH PRIVATE KEY-----", "-----END OPENSSH PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----",
	"-----BEGIN EC PRIVATE KEY-----", "-----END EC PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----",
	"-----BEGIN ENCRYPTED PRIVATE KEY-----", "-----END ENCRYPTED PRIVATE KEY-----",
	"DefaultEndpointsProtocol=https;AccountName=", ";AccountKey=", ";EndpointSuffix=core.windows.net", "BlobEndpoint=https://", "SharedAccessSignature=",
	"https://", "Authorization: Bearer ", "Basic ",
	"/services/", "/workflows/", "/triggers/manual/paths/invoke", "?api-version=2016-06-01", "&sp=/triggers/manual/run", "&sv=1.0&sig=",
	"/powerautomate/automations/direct/", "/hooks/catch/", "/api/webhooks/", "/webhooks/", "/webhookb2/", "/IncomingWebhook/", "/integrations/",
	"/deliveries/", "/destinations/", "/documents/",
}

// Add registers secrets. It ignores values shorter than four characters, which cannot be distinguished from other words.
func (r *Register) Add(secrets ...string) {
	for _, s := range secrets {
		r.mu.RLock()
		isKnown := r.known[s]
		r.mu.RUnlock()
		if !isKnown {
			r.add(s)
		}
	}
}

func (r *Register) add(s string) {
	plain, _ := Unescape(s)
	folded, positions := foldWithPositions(plain)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known[s] {
		return // a concurrent call added it first
	}
	r.known[s] = true
	whole := whole(plain)
	switch length := utf8.RuneCountInString(whole); {
	case length < shortestSecret:
	case length < shortestPart || len(folded) < windowSize:
		r.short[whole] = true
	default:
		r.index(secret{folded, positions, int32(utf8.RuneCountInString(plain))}) //nolint:gosec // No secret has that many characters.
	}
}

// AddValue registers every string and number in decoded JSON as a secret, but not the keys.
func (r *Register) AddValue(value any) {
	switch value := value.(type) {
	case string:
		r.Add(value)
	case json.Number:
		r.Add(value.String())
	case map[string]any:
		for _, inner := range value {
			r.AddValue(inner)
		}
	case []any:
		for _, inner := range value {
			r.AddValue(inner)
		}
	}
}

// whole returns a text in the form in which short secrets are compared.
func whole(plain string) string { return strings.ToLower(strings.TrimSpace(plain)) }

// index stores the windows of a secret.
func (r *Register) index(s secret) {
	const bits = 1 << filterBits
	if r.filter == nil {
		r.filter = make([]uint64, bits/64)
	}
	number := int32(len(r.secrets)) //nolint:gosec // Nobody has that many secrets.
	r.secrets = append(r.secrets, s)
	stride := 1
	if len(s.folded) > longSecret {
		stride = longStride
	}
	for at := 0; at+windowSize <= len(s.folded); at += stride {
		var w uint64
		for _, b := range s.folded[at : at+windowSize] {
			w = next(w, b)
		}
		head, taken := r.heads[w]
		if !taken {
			head = -1
		}
		if r.isFull(head) {
			continue
		}
		r.heads[w] = int32(len(r.places))                           //nolint:gosec // Memory runs out before this overflows.
		r.places = append(r.places, place{number, int32(at), head}) //nolint:gosec // Likewise.
		r.filter[filterBit(w)/64] |= 1 << (filterBit(w) % 64)
	}
}

func (r *Register) isFull(head int32) bool {
	n := 0
	for ; head >= 0; head = r.places[head].next {
		n++
	}
	return n >= maxPlaces
}

// next returns the window that ends with byte b, given the window before.
func next(w uint64, b byte) uint64 { return (w<<8 | uint64(b)) & (1<<(8*windowSize) - 1) }

const filterBits = 20

func filterBit(w uint64) uint64 { return w * 0x9e3779b97f4a7c15 >> (64 - filterBits) }

// AddPublic registers texts that are not secret, such as a name or a URL in the configuration. Such a text is not redacted, even if a
// secret contains a part of it.
func (r *Register) AddPublic(texts ...string) {
	for _, text := range texts {
		plain, _ := Unescape(text)
		folded := fold(plain)
		if len(folded) < shortestSecret {
			continue
		}
		r.mu.RLock()
		isKnown := r.isPublic[string(folded)]
		r.mu.RUnlock()
		if isKnown {
			continue
		}
		r.mu.Lock()
		if !r.isPublic[string(folded)] { // a concurrent call may have added it first
			r.isPublic[string(folded)] = true
			r.public = append(append(r.public, folded...), 0)
		}
		r.mu.Unlock()
	}
}

// AddPublicValue applies [Register.AddPublic] to every text in the JSON form of a value.
func (r *Register) AddPublicValue(value any) {
	encoded, err := json.Marshal(value)
	if err != nil {
		return // a value that cannot be encoded was not sent
	}
	var decoded any
	decoder := json.NewDecoder(bytes.NewReader(encoded))
	decoder.UseNumber()
	if decoder.Decode(&decoded) == nil {
		r.AddPublic(textsIn(decoded)...)
	}
}

// textsIn returns all strings, numbers and keys in decoded JSON.
func textsIn(value any) []string {
	switch value := value.(type) {
	case string:
		return []string{value}
	case json.Number:
		return []string{value.String()}
	case map[string]any:
		var all []string
		for key, inner := range value {
			all = append(append(all, key), textsIn(inner)...)
		}
		return all
	case []any:
		var all []string
		for _, inner := range value {
			all = append(all, textsIn(inner)...)
		}
		return all
	}
	return nil
}

// Repeats reports whether a text contains a secret or a part of a secret, in any common encoding.
func (r *Register) Repeats(text string) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.repeatsPart(text, part{shortestPart, encodedLayers}) {
		return true
	}
	if len(r.short) == 0 {
		return false
	}
	plain, _ := Unescape(text)
	plain = whole(plain)
	for secret := range r.short {
		if hasWord(plain, secret) && !r.isPublicPart(secret) {
			return true
		}
	}
	return false
}

// hasWord reports whether a text contains a word that is not part of a longer word.
func hasWord(text, word string) bool {
	isPart := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(word)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		first, _ := utf8.DecodeRuneInString(word)
		last, _ := utf8.DecodeLastRuneInString(word)
		if (!isPart(before) || !isPart(first)) && (!isPart(after) || !isPart(last)) {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[start:])
		from = start + size
	}
}

// IsSecret reports whether a value is a secret or contains a part of a secret. Unlike [Register.Repeats], it does not look for
// short secrets among the words of the value, because settings contain short words.
func (r *Register) IsSecret(value string) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.repeatsPart(value, part{shortestPart, encodedLayers}) {
		return true
	}
	if len(r.short) == 0 {
		return false
	}
	plain, _ := Unescape(value)
	plain = whole(plain)
	return r.short[plain] && !r.isPublicPart(plain)
}

// isPublicPart reports whether a short secret is part of a public text.
func (r *Register) isPublicPart(secret string) bool {
	folded := fold(secret)
	return len(folded) > 0 && bytes.Contains(r.public, folded)
}

// IsLongSecret is like [Register.IsSecret], for values that may share short parts with secrets by chance. It ignores encoded
// secrets and parts shorter than 16 characters.
func (r *Register) IsLongSecret(value string) bool {
	const shortest = 2 * shortestPart
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.repeatsPart(value, part{shortest, 0})
}

// Value returns decoded JSON in which [Redacted] replaces every string, number and key that is a secret or contains a part of a
// secret. It does not modify its argument.
func (r *Register) Value(value any) any {
	switch value := value.(type) {
	case string:
		return r.Text(value)
	case json.Number:
		if r.IsSecret(value.String()) {
			return Redacted
		}
	case map[string]any:
		if value == nil {
			return value
		}
		shown := make(map[string]any, len(value))
		for key, inner := range value {
			shown[r.Text(key)] = r.Value(inner)
		}
		return shown
	case []any:
		if value == nil {
			return value
		}
		shown := make([]any, len(value))
		for i, inner := range value {
			shown[i] = r.Value(inner)
		}
		return shown
	}
	return value
}

// Holds reports whether [Register.Value] would replace anything in decoded JSON.
func (r *Register) Holds(value any) bool { return !reflect.DeepEqual(r.Value(value), value) }

// Text returns a value, or [Redacted] if the value is a secret or contains a part of a secret.
func (r *Register) Text(value string) string {
	if r.IsSecret(value) {
		return Redacted
	}
	return value
}
