package credentials

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/binary"
	"runtime"

	"golang.org/x/crypto/argon2"
)

// Hash identifies write-only values without storing them. Private state stores it together with its parameters, so that existing hashes stay
// valid if a later version raises the defaults.
type Hash struct {
	Time    uint32 `json:"t"`
	Memory  uint32 `json:"m"` // KiB
	Threads uint8  `json:"p"`
	Salt    []byte `json:"salt"`
	Sum     []byte `json:"sum"`
}

// Parameters of new hashes. They are a compromise: a plan computes at least one hash for every destination, but lower parameters let anyone who has the
// state file guess values faster. For a secret that can be guessed, set credentials_wo_version: then no hash is stored.
const (
	hashTime    = 1
	hashMemory  = 2 << 10
	hashThreads = 1
	hashLength  = 32
	saltLength  = 16
)

// NewHash returns a hash of values with a new random salt.
func NewHash(values []string) *Hash {
	h := Hash{Time: hashTime, Memory: hashMemory, Threads: hashThreads, Salt: make([]byte, saltLength)}
	_, _ = rand.Read(h.Salt) // never fails
	h.Sum = h.derive(values)
	return &h
}

// matches reports whether h is the hash of values. It returns false for a hash that costs more than any that a version of this provider writes.
func (h *Hash) matches(values []string) bool {
	return h.isAffordable() && subtle.ConstantTimeCompare(h.Sum, h.derive(values)) == 1
}

// isAffordable reports whether a version of this provider can have written the hash, with a reserve for later versions. Without this check, anyone who can write the state could make every
// plan take hours or use all memory. The duration of argon2id is proportional to time x memory, and it needs at least 8 KiB for each thread.
func (h *Hash) isAffordable() bool {
	const (
		mostCost    = 4 * hashTime * hashMemory
		mostTime    = 16
		mostThreads = 4
		mostSalt    = 64
	)
	if h.Time < 1 || h.Time > mostTime || h.Threads < 1 || h.Threads > mostThreads || len(h.Salt) > mostSalt || len(h.Sum) != hashLength {
		return false
	}
	memory := max(h.Memory, 8*uint32(h.Threads))
	return uint64(h.Time)*uint64(memory) <= mostCost
}

// hashing limits concurrent hash computations to the number of cores, because more would only use more memory.
var hashing = make(chan struct{}, runtime.GOMAXPROCS(0))

func (h *Hash) derive(values []string) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2.IDKey(lengthPrefixed(values), h.Salt, h.Time, h.Memory, h.Threads, hashLength)
}

// lengthPrefixed joins values so that different lists of values always give different bytes.
func lengthPrefixed(values []string) []byte {
	var joined []byte
	for _, value := range values {
		joined = binary.AppendUvarint(joined, uint64(len(value)))
		joined = append(joined, value...)
	}
	return joined
}
