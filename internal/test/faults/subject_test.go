package faults

import (
	"context"
	"fmt"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// subject is a kind of resource in the matrix.
type subject struct {
	resourceType string
	operations   []operation
	suffix       string // suffix of the emulator's operation names

	before, after map[string]any // configurations

	// populate adds an object that looks like the created one, and a different object.
	populate func(api *emulator.Emulator, created time.Time)

	// objects returns the complete objects in the API, by ID.
	objects func(api *emulator.Emulator) map[string]string

	// has reports whether an object matches one of the two configurations.
	has func(api *emulator.Emulator, id string, configuration map[string]any) bool

	// shows lists attributes of every state.
	shows map[string]string

	// list calls the client, and returns IDs and names.
	list func(ctx context.Context, client *talonic.Client) ([][2]string, error)
}

const (
	name   = "ledger"
	oldURL = "https://old.example.com/in"
	newURL = "https://new.example.com/in"
)

// theDestination returns a destination with versioned credentials, which need no hash.
func theDestination(url, token string, version int64) map[string]any {
	return map[string]any{"name": name, "credentials_wo_version": version, "webhook": map[string]any{
		"url": url, "headers": map[string]string{"X-Source": "talonic"},
		"signing_secret_wo": secrets["signing secret"],
		"auth_bearer":       map[string]any{"token_wo": token},
	}}
}

var destinations = subject{
	resourceType: "talonic_delivery_destination",
	operations:   operations,
	before:       theDestination(oldURL, secrets["token"], 1),
	after:        theDestination(newURL, secrets["new token"], 2),
	populate: func(api *emulator.Emulator, created time.Time) {
		twin := emulator.Destination{
			Name: name, Type: "webhook", Config: map[string]any{"url": oldURL, "headers": map[string]any{"X-Source": "talonic"}},
			HasAuthConfig: true, HasSigningSecret: true, IsActive: true, CreatedAt: created,
		}
		other := twin
		other.Name = "invoices"
		api.Add(twin)
		api.Add(other)
	},
	objects: func(api *emulator.Emulator) map[string]string {
		all := map[string]string{}
		for _, d := range api.Destinations() {
			all[d.ID] = fmt.Sprintf("%+v", d)
		}
		return all
	},
	has: func(api *emulator.Emulator, id string, configuration map[string]any) bool {
		wanted := configuration["webhook"].(map[string]any)
		token := wanted["auth_bearer"].(map[string]any)["token_wo"]
		stored, _ := api.Stored(id)
		for _, d := range api.Destinations() {
			if d.ID == id {
				return d.Config["url"] == wanted["url"] && stored.AuthConfig["token"] == token && stored.SigningSecret == secrets["signing secret"]
			}
		}
		return false
	},
	shows: map[string]string{"name": name, "type": "webhook"},
	list: func(ctx context.Context, client *talonic.Client) (ids [][2]string, err error) {
		all, err := client.ListDestinations(ctx)
		for _, d := range all {
			ids = append(ids, [2]string{d.ID, d.Name})
		}
		return ids, err
	},
}

const (
	targetID = "11111111-1111-4111-8111-111111111111"
	event    = "document.extracted"
)

func theBinding(config string, policy map[string]any) map[string]any {
	b := map[string]any{
		"name": name, "deliverable_type": "pipeline.capture", "destination_id": targetID, "serializer_format": "json", "serializer_config": config,
		"signal_filter": map[string]any{"event_type": event, "match": `{"source_id":"3f0d"}`},
	}
	if policy != nil {
		b["delivery_policy"] = policy
	}
	return b
}

var bindings = subject{
	resourceType: "talonic_delivery_binding",
	operations:   []operation{creating, recovering, reading, listing, updating, deleting},
	suffix:       "-binding",
	before:       theBinding(`{"indent":2}`, map[string]any{"max_attempts": int64(3)}),
	after:        theBinding(`{"indent":4}`, nil),
	populate: func(api *emulator.Emulator, created time.Time) {
		api.Add(emulator.Destination{ID: targetID, Name: "target", Type: "webhook", IsActive: true})
		twin := emulator.Binding{
			Name: name, DeliverableType: "pipeline.capture", DestinationID: targetID, SerializerFormat: "json", IsActive: true, CreatedAt: created,
			SignalFilter: map[string]any{"event_type": event, "match": map[string]any{"source_id": "3f0d"}},
		}
		other := twin
		other.Name = "invoices"
		api.AddBinding(twin)
		api.AddBinding(other)
	},
	objects: func(api *emulator.Emulator) map[string]string {
		all := map[string]string{}
		for _, b := range api.Bindings() {
			all[b.ID] = fmt.Sprintf("%+v", b)
		}
		return all
	},
	has: func(api *emulator.Emulator, id string, configuration map[string]any) bool {
		policy, _ := configuration["delivery_policy"].(map[string]any)
		for _, b := range api.Bindings() {
			if b.ID == id {
				return fmt.Sprintf(`{"indent":%v}`, b.SerializerConfig["indent"]) == configuration["serializer_config"] && (policy == nil) == (b.DeliveryPolicy == nil)
			}
		}
		return false
	},
	shows: map[string]string{"name": name, "serializer_format": "json", "destination_id": targetID},
	list: func(ctx context.Context, client *talonic.Client) (ids [][2]string, err error) {
		all, err := client.ListBindings(ctx)
		for _, b := range all {
			ids = append(ids, [2]string{b.ID, b.Name})
		}
		return ids, err
	},
}
