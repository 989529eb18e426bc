package emulator

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"time"
)

// webhookContent is the content of a message whose format is not json.
type webhookContent struct {
	Mime     string `json:"mime"`
	Encoding string `json:"encoding"`
	Data     string `json:"data"`
}

// contentMimes holds the assumed MIME types of the formats that have a content.
var contentMimes = map[string]string{
	"ndjson":   "application/x-ndjson",
	"csv":      "text/csv",
	"csv_file": "text/csv",
	"md":       "text/markdown",
	"txt":      "text/plain",
	"raw":      "application/octet-stream",
}

// message returns the body of an attempt. It contains the payload of the signal, because resolvers are not emulated.
func (j *job) message(number int, at time.Time) []byte {
	message := webhookBody{Event: webhookEvent{
		EventType:      j.event.eventType,
		EventID:        j.event.id,
		BindingID:      &j.binding.ID,
		IdempotencyKey: deliveryKey(j.binding.ID, j.event.id),
		Attempt:        number,
		DeliveredAt:    timestamp(at),
	}}
	if payload := projected(j.event.payload, j.binding.FieldMap); payload != nil {
		message.Payload, message.Content = serialized(j.binding.SerializerFormat, payload)
	}
	body, err := encoded(message)
	if err != nil {
		panic(err) // it was JSON before
	}
	return body
}

// projected applies a field_map in the SDK's form to a payload: drop, then rename, then static, which takes precedence. It is an
// assumption that rules and drop name only top-level keys of the payload.
func projected(payload, fieldMap fields) fields {
	if payload == nil || fieldMap == nil {
		return payload
	}
	next := maps.Clone(payload)
	dropped, _ := fieldMap["drop"].([]any)
	for _, key := range dropped {
		name, _ := key.(string)
		delete(next, name)
	}
	rules, _ := fieldMap["rules"].([]any)
	for _, r := range rules {
		rule, _ := r.(fields)
		source, _ := rule["source"].(string)
		target, _ := rule["target"].(string)
		if value, ok := next[source]; ok {
			delete(next, source)
			next[target] = value
		}
	}
	static, _ := fieldMap["static"].(fields)
	maps.Copy(next, static)
	return next
}

// serialized returns a payload in a format: for json, the payload itself, and for other formats, a content. The form of contents
// is an assumption: a line of JSON, or for csv the values in the order of their keys, below a line of keys if csv is a file
// format.
func serialized(format string, payload fields) (asPayload, content any) {
	mime, isContent := contentMimes[format]
	if !isContent {
		return payload, nil
	}
	line, err := encoded(payload)
	if err != nil {
		panic(err) // it was JSON before
	}
	data := string(line) + "\n"
	if mime == "text/csv" {
		data = commaSeparated(payload, format == "csv_file")
	}
	return nil, webhookContent{Mime: mime, Encoding: "utf-8", Data: data}
}

func commaSeparated(payload fields, header bool) string {
	keys := slices.Sorted(maps.Keys(payload))
	var values []string
	for _, key := range keys {
		text, ok := payload[key].(string)
		if !ok && payload[key] != nil {
			inside, err := encoded(payload[key])
			if err != nil {
				panic(err) // it was JSON before
			}
			text = string(inside)
		}
		values = append(values, text)
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	rows := [][]string{keys, values}
	if !header {
		rows = rows[1:]
	}
	if err := w.WriteAll(rows); err != nil {
		panic(fmt.Sprintf("emulator: not CSV: %v", err)) // a buffer accepts everything
	}
	return out.String()
}
