package talonic

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// screened is a result that can take out of itself what repeats a secret, before anything of it is kept.
type screened interface{ screen(known *redact.Register) }

// screenResult takes what repeats a secret out of a decoded body.
func (s scrubber) screenResult(result any) {
	switch result := result.(type) {
	case screened:
		result.screen(s.known)
	case *any:
		*result = redact.PrintableValue(s.known.Value(*result))
	}
}

func (p *page[T]) screen(known *redact.Register) {
	for i := range p.items {
		if item, ok := any(&p.items[i]).(screened); ok {
			item.screen(known)
		}
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
		d.Config, d.Unscreened = screened, d.Config
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
	p.Message = jsonvalue.WithoutSecretURLs(p.Message)
	if known.Repeats(p.Message) {
		p.Message = withheldMessage
	}
}

func screenText(known *redact.Register, text *string) {
	if text != nil {
		*text = known.Text(*text)
	}
}

// screenID is an id, or what can be none. UUIDs and secrets in hexadecimal digits have short parts in common by accident.
func screenID(known *redact.Register, id string) string {
	if uuid.Validate(id) == nil {
		if known.IsLongSecret(id) {
			return redact.Redacted
		}
		return id
	}
	return known.Text(id)
}

var (
	typeForm   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.:/-]{0,99}$`)
	statusForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_. -]{0,63}$`)
	timeForm   = regexp.MustCompile(`^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.(\d{1,9}))?(?:[Zz]|[+-]\d\d:\d\d)$`)
)

// IsType reports whether a text has the form of a name of a type.
func IsType(text string) bool { return typeForm.MatchString(text) }

// screenOwner is the id of an organization, or nothing: texts show it.
func screenOwner(known *redact.Register, id string) string {
	if id = screenID(known, id); !validID(id) {
		return ""
	}
	return id
}

// typeOrNone is the name of a type, or nothing.
func typeOrNone(text string) string {
	if !IsType(text) {
		return ""
	}
	return text
}

// IsStatus reports whether a text has the form of a status, such as last_delivery_status.
func IsStatus(text string) bool { return statusForm.MatchString(text) }

// FormatTime parses a time of the API and writes it anew: one in the documented form with as many digits as it had, one in another
// form in UTC, and one that does not say in which zone it is as it is. ok is false if the text is no time.
func FormatTime(text string) (formatted string, ok bool) {
	parts := timeForm.FindStringSubmatch(text)
	if parts == nil {
		return formatOtherTime(text)
	}
	at, err := time.Parse(time.RFC3339Nano, strings.ToUpper(strings.Replace(text, " ", "T", 1)))
	if err != nil {
		return "", false
	}
	layout := "2006-01-02T15:04:05"
	if len(parts[1]) > 0 {
		layout += "." + strings.Repeat("0", len(parts[1]))
	}
	return at.Format(layout + "Z07:00"), true
}

// withoutZone is a time that does not say in which zone it is.
var withoutZone = regexp.MustCompile(`^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)?$`)

func formatOtherTime(text string) (formatted string, ok bool) {
	p, ok := parseTimestamp(text)
	switch {
	case !ok:
		return "", false
	case withoutZone.MatchString(text):
		return text, true
	case p.to.Sub(p.from) > time.Minute:
		return "", false
	}
	return p.from.UTC().Format(time.RFC3339Nano), true
}

// SameTime reports whether two texts are the same moment.
func SameTime(a, b string) bool {
	first, errA := time.Parse(time.RFC3339, a)
	second, errB := time.Parse(time.RFC3339, b)
	return a == b || errA == nil && errB == nil && first.Equal(second)
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

// screenJSON leaves the digits and the order of what repeats no secret.
func screenJSON(known *redact.Register, raw *json.RawMessage) {
	var value any
	if len(*raw) == 0 || decodeJSON(*raw, &value) != nil {
		return // what cannot be decoded is refused later
	}
	if shown := known.Value(value); !reflect.DeepEqual(shown, value) {
		*raw, _ = json.Marshal(shown) // decoded JSON can always be encoded
	}
}
