package emulator

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// fields is a JSON object as encoding/json decodes it. A stored object is never modified in place.
type fields = map[string]any

// normalized returns m after encoding and decoding it as JSON: a deep copy with float64 for every number.
func normalized(m map[string]any) fields {
	encoding, err := json.Marshal(m)
	if err != nil {
		panic(fmt.Sprintf("emulator: not JSON: %v", err))
	}
	var decoded fields
	if err := json.Unmarshal(encoding, &decoded); err != nil {
		panic(err)
	}
	return decoded
}

// encoded returns v as compact JSON, without escaping <, > and &.
func encoded(v any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return bytes.TrimRight(buffer.Bytes(), "\n"), err
}
