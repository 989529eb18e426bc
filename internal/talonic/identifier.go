package talonic

import (
	"errors"
	"strings"
)

// longestID is well above the 36 characters of a UUID, the documented form of the API's IDs.
const longestID = 128

// validID reports whether a text can be an ID, so that it is safe in a path and on a command line. The client uses only valid IDs
// in paths, from responses, and in commands for users to copy.
func validID(id string) bool {
	if id == "" || len(id) > longestID || strings.Trim(id, ".") == "" || strings.HasPrefix(id, "-") {
		return false
	}
	const allowed = "-_.:~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	return !strings.ContainsFunc(id, func(r rune) bool { return !strings.ContainsRune(allowed, r) })
}

// errNotAnID is the error of a call with an invalid ID. It does not quote the text, which may be a secret.
var errNotAnID = errors.New("the ID is empty, too long, or contains an invalid character")
