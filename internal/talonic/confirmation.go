package talonic

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// deletion is the body of a successful response to a DELETE or to a replay. The API documents {"deleted": true, "id": "..."} for
// some objects, {"dismissed": true} and {"replayed": true} for dead letters, and nothing for others. A body that denies success
// is an error; see [deletion.check]. A body that neither confirms nor denies it proves nothing; see [deletion.isClear].
//
// API docs: Manage Config; Dead Letter Queue.
type deletion struct {
	fields  map[string]json.RawMessage
	unclear bool
}

// UnmarshalJSON accepts any JSON value.
func (d *deletion) UnmarshalJSON(body []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")) {
		return json.Unmarshal(body, &d.fields)
	}
	d.unclear = string(bytes.TrimSpace(body)) != "null"
	return nil
}

// isClear reports whether a body that passed [deletion.check] confirms the operation under key, or is empty.
func (d deletion) isClear(key string) bool {
	return !d.unclear && (len(d.fields) == 0 || isTrueJSON(d.fields[key]))
}

// denialError is the reason of an [*UnexpectedBodyError] whose body denies that the request had an effect.
type denialError string

func (e denialError) Error() string { return string(e) }

// check returns a [denialError] if the body denies success, under key or under another common key. It returns a different error if
// the body contains a different ID. If id is empty, any ID is accepted.
func (d deletion) check(id, key string) error {
	for _, key := range []string{key, "success", "ok"} {
		if value, there := d.fields[key]; there && !isTrueJSON(value) {
			return denialError(`its "` + key + `" is not true`)
		}
	}
	for _, key := range []string{"error", "errors"} {
		if value, there := d.fields[key]; there && !isEmptyRaw(value) {
			return denialError(`it has an "` + key + `"`)
		}
	}
	for _, key := range []string{"statusCode", "status", "code"} {
		var status int
		if json.Unmarshal(d.fields[key], &status) == nil && status >= 300 {
			return denialError(`its "` + key + `" is that of an error`)
		}
	}
	var shown string
	if json.Unmarshal(d.fields["id"], &shown) == nil && id != "" && shown != "" && !text.SameID(shown, id) {
		return errors.New("it contains a different ID")
	}
	return nil
}

// isTrueJSON reports whether a value means true. The time of a deletion and a positive number of deleted objects mean true; 0 does
// not.
func isTrueJSON(value json.RawMessage) bool {
	switch string(bytes.TrimSpace(value)) {
	case "", "false", "null", "0", `""`, `"false"`, `"0"`, `"no"`:
		return false
	}
	return true
}

// isEmptyRaw reports whether a value is equivalent to an absent one.
func isEmptyRaw(value json.RawMessage) bool {
	switch string(bytes.TrimSpace(value)) {
	case "false", "null", `""`, "[]", "{}":
		return true
	}
	return false
}
