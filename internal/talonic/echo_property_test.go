package talonic

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// sink is a place in a response where an API may echo a request. The body has ECHO at that place, in a JSON string.
type sink struct {
	name   string
	status int
	body   string
	header string // header that contains the echo instead of the body
	call   func(context.Context, *Client, Credentials) (any, error)
}

const (
	aDestination = `{"id":"d1","name":"n","type":"webhook","config":{},"is_active":true,"created_at":"2026-01-01T00:00:00Z"%s}`
	aBinding     = `{"id":"b1","name":"n","signal_filter":{"event_type":"e"%s},"deliverable_type":"d","destination_id":"d1","serializer_format":"json"%s}`
)

func updates(ctx context.Context, c *Client, credentials Credentials) (any, error) {
	return c.UpdateDestination(ctx, "d1", DestinationChange{Name: "n", Credentials: credentials})
}

func readsLater(ctx context.Context, c *Client, credentials Credentials) (any, error) {
	c.known.Add(credentials.secrets()...) // secrets from another client, or from a plan
	return c.GetDestination(ctx, "d1")
}

func readsBinding(ctx context.Context, c *Client, credentials Credentials) (any, error) {
	c.known.Add(credentials.secrets()...)
	b, err := c.GetBinding(ctx, "b1")
	if err != nil {
		return nil, err
	}
	return fmt.Sprintf("%+v %s %s %s %+v", b, b.SignalFilter.Match, b.SerializerConfig, b.ResolverConfig, b.FieldMap), nil
}

func creates(ctx context.Context, c *Client, credentials Credentials) (any, error) {
	return c.CreateDestination(ctx, NewDestination{Name: "n", Type: "webhook", Credentials: credentials})
}

// sinks are all places that the client reads.
var sinks = []sink{
	{"message", 400, `{"statusCode":400,"code":"BAD","message":"no: ECHO"}`, "", creates},
	{"messages", 422, `{"statusCode":422,"message":["no","ECHO"]}`, "", updates},
	{"nested message", 500, `{"error":{"code":"x","message":"ECHO"}}`, "", updates},
	{"code", 400, `{"code":"ECHO","message":"no"}`, "", updates},
	{"error", 400, `{"error":"ECHO"}`, "", updates},
	{"request id", 400, `{"code":"x","request_id":"ECHO"}`, "", updates},
	{"other JSON", 400, `{"detail":{"why":"ECHO"}}`, "", updates},
	{"text", 502, `upstream said "ECHO"`, "", updates},
	{"header", 400, `{"code":"x","message":"no"}`, "X-Request-Id", updates},
	{"header of a success", 200, `[`, "X-Request-Id", updates},
	{"content type", 200, `[`, "Content-Type", updates},
	{"location", 302, ``, "Location", updates},
	{"text of a success", 200, `it is "ECHO"`, "", updates},
	{"another id", 200, fmt.Sprintf(strings.Replace(aDestination, `"d1"`, `"ECHO"`, 1), ""), "", updates},
	{"name", 200, fmt.Sprintf(aDestination, `,"name":"ECHO"`), "", nil},
	{"status", 200, fmt.Sprintf(aDestination, `,"last_delivery_status":"ECHO"`), "", updates},
	{"time", 200, fmt.Sprintf(aDestination, `,"last_delivery_at":"ECHO","updated_at":"ECHO"`), "", updates},
	{"setting", 200, strings.Replace(aDestination, `{}`, `{"debug":"ECHO"}`, 1), "", updates},
	{"setting, later", 200, strings.Replace(aDestination, `{}`, `{"debug":{"seen":["ECHO"]}}`, 1), "", readsLater},
	{"key of a setting", 200, strings.Replace(aDestination, `{}`, `{"debug":{"ECHO":true}}`, 1), "", updates},
	{"match", 200, fmt.Sprintf(aBinding, `,"match":{"a":"ECHO"}`, ""), "", readsBinding},
	{"binding", 200, fmt.Sprintf(aBinding, "", `,"last_status":"ECHO","serializer_config":{"a":"ECHO"},"resolver_config":{"ECHO":1}`), "", readsBinding},
	{"rules", 200, fmt.Sprintf(aBinding, "", `,"field_map":{"rules":[{"source":"ECHO","target":"a"}],"static":{"b":"ECHO"},"drop":["ECHO"]}`), "", readsBinding},
	{"flat rules", 200, fmt.Sprintf(aBinding, "", `,"field_map":{"a":"$.ECHO"}`), "", readsBinding},
	{"cursor", 200, `{"data":[],"pagination":{"has_more":true,"next_cursor":"ECHO"}}`, "", func(ctx context.Context, c *Client, credentials Credentials) (any, error) {
		c.known.Add(credentials.secrets()...)
		return c.ListDestinations(ctx)
	}},
	{"list", 200, `{"data":[` + fmt.Sprintf(aDestination, `,"last_delivery_status":"ECHO"`) + `]}`, "", func(ctx context.Context, c *Client, credentials Credentials) (any, error) {
		c.known.Add(credentials.secrets()...)
		return c.ListDestinations(ctx)
	}},
	{"catalog", 200, `{"data":[{"type":"s3","label":"ECHO","auth_types":["ECHO"],"config_schema":{"a":"ECHO"}}]}`, "", func(ctx context.Context, c *Client, credentials Credentials) (any, error) {
		c.known.Add(credentials.secrets()...)
		all, err := c.ListConnectors(ctx)
		text, _ := json.Marshal(all)
		return string(text), err
	}},
	{"test", 200, `{"success":false,"message":"ECHO"}`, "", func(ctx context.Context, c *Client, credentials Credentials) (any, error) {
		c.known.Add(credentials.secrets()...)
		return c.TestDestination(ctx, "d1")
	}},
	{"deletion", 500, `{"code":"x","message":"ECHO"}`, "", func(ctx context.Context, c *Client, credentials Credentials) (any, error) {
		c.known.Add(credentials.secrets()...)
		return nil, c.DeleteDestination(ctx, "d1")
	}},
}

// No eight characters of a secret leave the client, for any secret, encoding and place in a response.
func TestNoPartOfASecretComesBack(t *testing.T) {
	t.Parallel()
	cases, workers := 100_000, 4
	if testing.Short() {
		cases = 4_000
	}
	for worker := range workers {
		t.Run(fmt.Sprint(worker), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(uint64(worker), 13))
			for range cases / workers {
				checkEcho(t, random)
				if t.Failed() {
					return
				}
			}
		})
	}
}

func checkEcho(t *testing.T, random *rand.Rand) {
	t.Helper()
	secret := randomSecret(random)
	encoder := secretscan.Encoders[random.IntN(len(secretscan.Encoders))]
	to := sinks[random.IntN(len(sinks))]
	if to.call == nil { // a repeated key, which is rejected
		to.call = updates
	}
	echoed := encoder.Text(secret)
	inBody := echoed
	if !encoder.Quoted {
		quoted, _ := json.Marshal(echoed) // any text can be encoded
		inBody = strings.Trim(string(quoted), `"`)
	}
	c := newClient(t, DefaultBaseURL, WithMaxRetries(0), WithMaxRetryWait(time.Millisecond), withRegister(redact.NewRegister()),
		WithTransport(steps(step{func(request *http.Request) (*http.Response, error) {
			header := []string{}
			if to.header != "" {
				header = append(header, to.header, "/x/"+strings.NewReplacer("\n", "", "\r", "").Replace(echoed))
			}
			body := strings.ReplaceAll(strings.Replace(to.body, "%s", "", 1), "ECHO", inBody)
			return newResponse(request, to.status, strings.NewReader(body), header...), nil
		}})))
	credentials := Credentials{AuthConfig: map[string]any{"type": "bearer", "token": secret}}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	got, err := to.call(ctx, c, credentials)
	text := shownText(got, err)
	if part := partOf(secret, text); part != "" {
		t.Errorf("%s: %q of %q, written as %s, comes out:\n%s", to.name, part, secret, encoder.Name, text)
	}
	if part := partOf(echoed, text); len([]rune(echoed)) > 12 && part != "" {
		t.Errorf("%s: %q of %q, written as %s, comes out:\n%s", to.name, part, echoed, encoder.Name, text)
	}
}

// shownText returns all text that a call returns.
func shownText(got any, err error) string {
	text := fmt.Sprintf("%+v", got)
	switch got := got.(type) {
	case *Destination:
		if got != nil {
			shown := *got
			shown.UnredactedConfig = nil // it is only sent back to the API, never shown
			encoded, _ := json.Marshal(shown)
			text = string(encoded)
		}
	case []Destination:
		encoded, _ := json.Marshal(got)
		text = string(encoded)
	}
	if err != nil {
		text += err.Error()
		var said *Error
		if errors.As(err, &said) {
			text += said.Describe() + fmt.Sprintf("%+v", said)
		}
	}
	return text
}

// partOf returns eight characters of the secret that occur in a text, except characters that all keys share.
func partOf(secret, text string) string {
	const size = 8
	runes := []rune(secret)
	for i := 0; i+size <= len(runes); i++ {
		part := string(runes[i : i+size])
		if strings.Contains(text, part) && !strings.Contains(armor, part) && strings.Trim(part, "-0123456789%") != "" {
			return part
		}
	}
	return ""
}

const armor = "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"

// withRegister gives a client its own register, separate from other clients of the process.
func withRegister(known *redact.Register) Option { return func(c *Client) { c.known = known } }

// randomSecret returns a random secret in one of the alphabets that secrets use.
func randomSecret(random *rand.Rand) string {
	alphabets := []string{
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/",
		"0123456789abcdef",
		`abcdefghijklmnopqrstuvwxyz0123456789!#$%&()*,-./:;<=>?@[]^_{|}~`,
		`abcdefghijklmnopqrstuvwxyzäöüßéñABCDEFGHIJ "'\+/<>&=%`,
		"абвгдежзиклмнопрстуфхцчшщ密码秘密令牌",
	}
	alphabet := []rune(alphabets[random.IntN(len(alphabets))])
	text := func(length int) string {
		runes := make([]rune, length)
		for i := range runes {
			runes[i] = alphabet[random.IntN(len(alphabet))]
		}
		return string(runes)
	}
	if random.IntN(16) > 0 {
		return text(24 + random.IntN(40))
	}
	return "-----BEGIN PRIVATE KEY-----\n" + text(64) + "\n" + text(64) + "\n" + text(20) + "\n-----END PRIVATE KEY-----\n"
}
