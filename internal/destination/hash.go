package destination

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/binary"
	"runtime"

	"golang.org/x/crypto/argon2"
)

// hash recognises write-only values without holding them. It is kept in private state, with its parameters beside it, so that
// these can be raised without forgetting what was sent before.
type hash struct {
	Time    uint32 `json:"t"`
	Memory  uint32 `json:"m"` // KiB
	Threads uint8  `json:"p"`
	Salt    []byte `json:"salt"`
	Sum     []byte `json:"sum"`
}

// The parameters of new hashes. They are a compromise: a plan computes one hash for every destination, and whoever has the
// state file may try values as fast as these allow. A secret that can be guessed should be pinned instead.
const (
	hashTime    = 1
	hashMemory  = 2 << 10
	hashThreads = 1
	hashLength  = 32
	saltLength  = 16
)

// newHash hashes values with a salt of its own.
func newHash(values []string) *hash {
	h := hash{Time: hashTime, Memory: hashMemory, Threads: hashThreads, Salt: make([]byte, saltLength)}
	_, _ = rand.Read(h.Salt) // never fails
	h.Sum = h.derive(values)
	return &h
}

// matches reports whether these are the values that were hashed.
func (h *hash) matches(values []string) bool {
	const (
		mostTime   = 16
		mostMemory = 256 << 10
	)
	if h.Time < 1 || h.Time > mostTime || h.Memory > mostMemory || h.Threads < 1 {
		return false // a damaged record; sending once more mends it
	}
	return subtle.ConstantTimeCompare(h.Sum, h.derive(values)) == 1
}

// hashing limits how many hashes are computed at once: more than there are cores would only take memory.
var hashing = make(chan struct{}, runtime.GOMAXPROCS(0))

// deriveKey is a variable for a test to count its calls.
var deriveKey = argon2.IDKey

func (h *hash) derive(values []string) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return deriveKey(lengthPrefixed(values), h.Salt, h.Time, h.Memory, h.Threads, hashLength)
}

// lengthPrefixed joins values so that no other values give the same bytes.
func lengthPrefixed(values []string) []byte {
	var joined []byte
	for _, value := range values {
		joined = binary.AppendUvarint(joined, uint64(len(value)))
		joined = append(joined, value...)
	}
	return joined
}
