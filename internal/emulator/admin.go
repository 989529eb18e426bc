package emulator

import (
	"net/http"
	"strings"
)

// adminPrefix begins the paths of the admin endpoint, which the API does not have.
const adminPrefix = "/emulator/"

// An adminCommand does to a running emulator what its Go API does. It answers as an [endpoint] does, with the emulator's lock
// held.
type adminCommand struct {
	route
	doc string // for the help of the command line
}

// adminCommands are all of them. They need no API key, none of the faults applies to them, and they are not among the
// requests.
var adminCommands = []adminCommand{
	{
		route{"", http.MethodPost, adminPrefix + "signals", (*Emulator).emitSignal},
		`emits a signal: {"event_type":"document.extracted","payload":{...},"deliverable_type":"..."}, of which only event_type is ` +
			`required. Active bindings of active destinations deliver it.`,
	},
}

// EnableAdmin serves the admin endpoint, which takes commands by HTTP, under /emulator/.
func (e *Emulator) EnableAdmin() { e.admin.Store(true) }

// AdminCommands lists the commands of the admin endpoint, by method and path.
func AdminCommands() []Described {
	var list []Described
	for _, command := range adminCommands {
		list = append(list, Described{command.method + " " + command.path, command.doc})
	}
	return list
}

// newAdminMux serves the commands.
func (e *Emulator) newAdminMux() *http.ServeMux {
	mux := http.NewServeMux()
	for _, command := range adminCommands {
		mux.HandleFunc(command.method+" "+command.path, func(w http.ResponseWriter, r *http.Request) { e.serveAdmin(w, r, command.do) })
	}
	return mux
}

// isAdmin says whether a request is for the admin endpoint.
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

// emissionBody is the answer to the command that emits a signal.
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
