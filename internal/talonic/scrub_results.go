package talonic

import (
	"encoding/json"
	"reflect"

	"github.com/google/uuid"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// screened is a result that can redact its own secrets. The client redacts a result before it keeps any part of it.
type screened interface{ screen(known *redact.Register) }

func (p *page[T]) screen(known *redact.Register) {
	for i := range p.items {
		if item, ok := any(&p.items[i]).(screened); ok {
			item.screen(known)
		}
	}
}

// screenResult redacts secrets in a decoded body.
func (s scrubber) screenResult(result any) {
	switch result := result.(type) {
	case screened:
		result.screen(s.known)
	case *any:
		*result = redact.PrintableValue(s.known.Value(*result))
	}
}

func (d *Destination) screen(known *redact.Register) {
	d.ID, d.CustomerID = screenID(known, d.ID), screenOwner(known, d.CustomerID)
	for _, text := range []*string{&d.Name, &d.Type, &d.CreatedAt, &d.UpdatedAt, d.LastDeliveryAt, d.LastDeliveryStatus} {
		screenText(known, text)
	}
	if d.Config == nil {
		return
	}
	if screened, _ := known.Value(d.Config).(map[string]any); !reflect.DeepEqual(screened, d.Config) {
		d.Config, d.UnredactedConfig = screened, d.Config
	}
}

func (b *Binding) screen(known *redact.Register) {
	b.CustomerID = screenOwner(known, b.CustomerID)
	b.ID, b.DestinationID = screenID(known, b.ID), screenID(known, b.DestinationID)
	for _, text := range []*string{
		&b.Name, &b.SignalFilter.EventType, &b.DeliverableType, &b.SerializerFormat, &b.CreatedAt, &b.UpdatedAt, b.LastStatus,
	} {
		screenText(known, text)
	}
	screenJSON(known, &b.SignalFilter.Match)
	screenJSON(known, &b.SerializerConfig)
	screenJSON(known, &b.ResolverConfig)
	if b.FieldMap != nil {
		b.FieldMap.screen(known)
	}
}

func (p *ConnectivityTest) screen(known *redact.Register) {
	var ok bool
	if p.Message, ok = withoutSecrets(known, p.Message); !ok {
		p.Message = withheldMessage
	}
}

func screenText(known *redact.Register, text *string) {
	if text != nil {
		*text = known.Text(*text)
	}
}

// screenID redacts an ID that contains a secret. For a UUID, only a long secret counts, because UUIDs and secrets in hexadecimal
// digits share short parts by chance.
func screenID(known *redact.Register, id string) string {
	if uuid.Validate(id) == nil {
		if known.IsLongSecret(id) {
			return redact.Redacted
		}
		return id
	}
	return known.Text(id)
}

// screenOwner returns the ID of an organization for messages, or "" if it is not a valid ID.
func screenOwner(known *redact.Register, id string) string {
	if id = screenID(known, id); !validID(id) {
		return ""
	}
	return id
}

func (m *FieldMap) screen(known *redact.Register) {
	for i := range m.Rules {
		screenText(known, &m.Rules[i].Source)
		screenText(known, &m.Rules[i].Target)
	}
	for i := range m.Drop {
		screenText(known, &m.Drop[i])
	}
	if m.Static != nil {
		m.Static, _ = known.Value(m.Static).(map[string]any)
	}
}

// screenJSON redacts secrets in raw JSON. If there are none, the digits and the order of the JSON stay unchanged.
func screenJSON(known *redact.Register, raw *json.RawMessage) {
	var value any
	if len(*raw) == 0 || decodeJSON(*raw, &value) != nil {
		return // JSON that cannot be decoded is rejected later
	}
	if shown := known.Value(value); !reflect.DeepEqual(shown, value) {
		*raw, _ = json.Marshal(shown) // decoded JSON can always be encoded
	}
}

func (a *Attempt) screen(known *redact.Register) {
	a.ID, a.BindingID = screenID(known, a.ID), screenID(known, a.BindingID)
	a.IdempotencyKey = screenID(known, a.IdempotencyKey)
	screenText(known, (*string)(&a.EventID))
	screenText(known, &a.Status)
	screenText(known, a.ErrorCode)
	screenMessage(known, a.ErrorMessage)
	screenText(known, (*string)(&a.CreatedAt))
	screenText(known, (*string)(a.CompletedAt))
}

func (a *AttemptWithBodies) screen(known *redact.Register) {
	a.Attempt.screen(known)
	screenMessage(known, a.RequestBody)
	screenMessage(known, a.ResponseBody)
}

// screenMessage is like [screenText], but replaces the whole text, because a short secret may be among other words in it.
func screenMessage(known *redact.Register, text *string) {
	if text == nil {
		return
	}
	var ok bool
	if *text, ok = withoutSecrets(known, *text); !ok {
		*text = redact.Redacted
	}
}

func (d *DeadLetter) screen(known *redact.Register) {
	d.ID, d.BindingID, d.LastItemID = screenID(known, d.ID), screenID(known, d.BindingID), screenID(known, d.LastItemID)
	screenText(known, (*string)(&d.EventID))
	screenText(known, d.ErrorCode)
	screenMessage(known, d.ErrorMessage)
	screenText(known, (*string)(&d.CreatedAt))
}
