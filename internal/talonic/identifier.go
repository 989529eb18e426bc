package talonic

import (
	"errors"
	"strings"
)

// longestID is well above the 36 characters of a UUID, the documented form of the API's ids.
const longestID = 128

// validID reports whether a text can be an id, so that it is safe in a path and on a command line. Only such a text is used in a
// path, kept as an id from a response, or offered in a command to copy.
func validID(id string) bool {
	if id == "" || len(id) > longestID || strings.Trim(id, ".") == "" || strings.HasPrefix(id, "-") {
		return false
	}
	const allowed = "-_.:~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	return !strings.ContainsFunc(id, func(r rune) bool { return !strings.ContainsRune(allowed, r) })
}

// errNotAnID is the error of a call with a text that cannot be an id. It does not quote the text, which can be anything.
var errNotAnID = errors.New("the ID is empty, too long, or contains an invalid character")
