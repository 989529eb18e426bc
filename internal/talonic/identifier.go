package talonic

import (
	"errors"
	"strings"
)

// longestID is far beyond the 36 characters of a UUID, which the API's ids are documented to be.
const longestID = 128

// validID reports whether a text can be an id: something that is safe in a path and on a command line. A path is built from no
// other text, and no other text from the API is kept as an id or offered in a command to copy.
func validID(id string) bool {
	if id == "" || len(id) > longestID || strings.Trim(id, ".") == "" || strings.HasPrefix(id, "-") {
		return false
	}
	const allowed = "-_.:~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	return !strings.ContainsFunc(id, func(r rune) bool { return !strings.ContainsRune(allowed, r) })
}

// errNotAnID is the error of a call for a text that cannot be an id. The text is not repeated: it may be anything.
var errNotAnID = errors.New("this cannot be an id: it is empty, too long, or has a character that no id has")
