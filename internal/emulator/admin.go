package emulator

import (
	"net/http"
	"strings"
)

// adminPrefix is the prefix of the paths of the admin endpoint, which the API does not have.
const adminPrefix = "/emulator/"

// adminCommand gives HTTP access to a method of the emulator's Go API. Like an [endpoint], it runs with the emulator's lock held.
type adminCommand struct {
	route
	doc string // for the help of the command line
}

// adminCommands lists all commands. They need no API key, are not affected by faults, and are not recorded as requests.
var adminCommands = []adminCommand{
	{
		route{"", http.MethodPost, adminPrefix + "signals", (*Emulator).emitSignal},
		`emits a signal: {"event_type":"document.extracted","payload":{...},"deliverable_type":"..."}; only event_type is ` +
			`required. Active bindings of active destinations deliver the signal.`,
	},
	{
		route{"", http.MethodPost, adminPrefix + "api-keys", (*Emulator).addKey},
		`adds an accepted API key: {"key":"...","read_only":true}; only key is required. Writes with a read-only key get 403.`,
	},
	{
		route{"", http.MethodPost, adminPrefix + "destinations/{destination}/disable", editing(func(d *Destination) {
			d.IsActive, d.AutoDisabled = false, true
		})},
		`disables a destination, given by its ID or its exact name, like the API when it cannot deliver.`,
	},
	{
		route{"", http.MethodPost, adminPrefix + "destinations/{destination}/forget-credentials", editing(func(d *Destination) {
			d.HasAuthConfig, d.HasSigningSecret = false, false
		})},
		`removes the authentication and the signing secret of a destination.`,
	},
}

// EnableAdmin makes the emulator serve the admin endpoint, which accepts commands under /emulator/.
func (e *Emulator) EnableAdmin() { e.admin.Store(true) }

// AdminCommands returns the commands of the admin endpoint, by method and path.
func AdminCommands() []Described {
	var list []Described
	for _, command := range adminCommands {
		list = append(list, Described{command.method + " " + command.path, command.doc})
	}
	return list
}

// newAdminMux returns a mux that serves the commands.
func (e *Emulator) newAdminMux() *http.ServeMux {
	mux := http.NewServeMux()
	for _, command := range adminCommands {
		mux.HandleFunc(command.method+" "+command.path, func(w http.ResponseWriter, r *http.Request) { e.serveAdmin(w, r, command.do) })
	}
	return mux
}

// isAdmin reports whether a request is for the admin endpoint.
func (e *Emulator) isAdmin(r *http.Request) bool {
	return e.admin.Load() && strings.HasPrefix(r.URL.Path, adminPrefix)
}

func (e *Emulator) serveAdmin(w http.ResponseWriter, r *http.Request, do endpoint) {
	c := newCall(w, r, e.clock())
	answer := func() reply {
		e.mu.Lock()
		defer e.mu.Unlock()
		refused := c.unread
		if refused == nil {
			refused = c.decode()
		}
		if refused == nil {
			var answer reply
			if answer, refused = do(e, c); refused == nil {
				return answer
			}
		}
		return errorForm(ErrorFlat, *refused, refused.code, c)
	}()
	answer.write(w)
}

// emissionBody is the response to the command that emits a signal.
type emissionBody struct {
	EventID    string   `json:"event_id"`
	BindingIDs []string `json:"binding_ids"`
}

func (e *Emulator) emitSignal(c *call) (reply, *apiError) {
	if c.fields == nil {
		return reply{}, badRequest(notAnObject)
	}
	described := []field{
		{name: "event_type", required: true, kind: text},
		{name: "deliverable_type", kind: text},
		{name: "payload", kind: objectOrNull},
	}
	var found problems
	found.unknown("", c.fields, names(described)...)
	found.check("", c.fields, described)
	if len(found) > 0 {
		return reply{}, invalid(found)
	}
	var s Signal
	s.EventType, _ = c.fields["event_type"].(string)
	s.DeliverableType, _ = c.fields["deliverable_type"].(string)
	s.Payload, _ = c.fields["payload"].(fields)
	emission, err := e.emit(s)
	if err != nil {
		return reply{}, badRequest(err.Error())
	}
	return jsonReply(http.StatusAccepted, emissionBody(emission)), nil
}

func (e *Emulator) addKey(c *call) (reply, *apiError) {
	if c.fields == nil {
		return reply{}, badRequest(notAnObject)
	}
	described := []field{{name: "key", required: true, kind: text}, {name: "read_only", kind: flag}}
	var found problems
	found.unknown("", c.fields, names(described)...)
	found.check("", c.fields, described)
	if len(found) > 0 {
		return reply{}, invalid(found)
	}
	readOnly, _ := c.fields["read_only"].(bool)
	e.apiKeys[c.fields["key"].(string)] = KeyLimits{ReadOnly: readOnly}
	return jsonReply(http.StatusCreated, map[string]bool{"read_only": readOnly}), nil
}

// editing returns a command that changes the destination in its path, and responds with the destination in the API's form.
func editing(change func(*Destination)) endpoint {
	return func(e *Emulator, c *call) (reply, *apiError) {
		d, refused := e.named(c.request.PathValue("destination"))
		if refused != nil {
			return reply{}, refused
		}
		e.edit(d, change)
		return jsonReply(http.StatusOK, e.body(d)), nil
	}
}

// named returns the only destination with this ID or this exact name.
func (e *Emulator) named(idOrName string) (*destination, *apiError) {
	var found []*destination
	for _, d := range e.destinations {
		if d.ID == idOrName || d.Name == idOrName {
			found = append(found, d)
		}
	}
	switch len(found) {
	case 0:
		return nil, notFound(noDestination)
	case 1:
		return found[0], nil
	default:
		return nil, conflict("Several destinations have this name: use the id.")
	}
}
