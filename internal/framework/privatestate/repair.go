package privatestate

import (
	"encoding/json"
	"unicode/utf8"
)

// Repair returns private state without the entries that the framework would reject. raw is the whole private state, as Terraform stores it.
// dropped reports whether Repair removed any entries.
func Repair(raw []byte) (repaired []byte, dropped bool) {
	if len(raw) == 0 {
		return raw, false
	}
	var records map[string]json.RawMessage
	if json.Unmarshal(raw, &records) != nil {
		return nil, true
	}
	kept := make(map[string][]byte, len(records))
	for key, encoded := range records {
		var record []byte
		if json.Unmarshal(encoded, &record) != nil || !utf8.Valid(record) || !json.Valid(record) {
			dropped = true
			continue
		}
		kept[key] = record
	}
	if !dropped {
		return raw, false
	}
	if len(kept) == 0 {
		return nil, true
	}
	repaired, _ = json.Marshal(kept) // cannot fail: bytes can always be encoded
	return repaired, true
}
