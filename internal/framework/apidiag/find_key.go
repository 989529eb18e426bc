package apidiag

import "strings"

// FindKey returns the byte index in text of the first occurrence of key that is not part of a longer key, or -1.
func FindKey(text, key string) int {
	partOfKey := func(b byte) bool {
		return b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
	}
	for rest, offset := text, 0; ; {
		i := strings.Index(rest, key)
		if i < 0 {
			return -1
		}
		start, end := offset+i, offset+i+len(key)
		if (start == 0 || !partOfKey(text[start-1])) && (end == len(text) || !partOfKey(text[end])) {
			return start
		}
		rest, offset = text[end:], end
	}
}
