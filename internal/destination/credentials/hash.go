package credentials

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/binary"
	"runtime"

	"golang.org/x/crypto/argon2"
)

// Hash recognises write-only values without holding them. It is kept in private state, with its parameters beside it, so that
// these can be raised without forgetting what was sent before.
type Hash struct {
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

// NewHash hashes values with a salt of its own.
func NewHash(values []string) *Hash {
	h := Hash{Time: hashTime, Memory: hashMemory, Threads: hashThreads, Salt: make([]byte, saltLength)}
	_, _ = rand.Read(h.Salt) // never fails
	h.Sum = h.derive(values)
	return &h
}

// matches reports whether these are the values that were hashed. A hash that was tampered with matches nothing.
func (h *Hash) matches(values []string) bool {
	return h.isAffordable() && subtle.ConstantTimeCompare(h.Sum, h.derive(values)) == 1
}

// isAffordable reports whether a hash that was read is one that the provider may have made. Whoever can write the state could
// otherwise have every plan take hours, or all memory: what argon2id takes is time x memory, and 8 KiB for each thread at least.
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

// hashing limits how many hashes are computed at once: more than there are cores would only take memory.
var hashing = make(chan struct{}, runtime.GOMAXPROCS(0))

func (h *Hash) derive(values []string) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2.IDKey(lengthPrefixed(values), h.Salt, h.Time, h.Memory, h.Threads, hashLength)
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
