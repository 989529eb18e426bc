package emulator

import (
	"net/http"
	"slices"
	"strings"
)

var bindingRoutes = []route{
	{opListBindings, http.MethodGet, "/v1/delivery/bindings", (*Emulator).listBindings},
	{opCreateBinding, http.MethodPost, "/v1/delivery/bindings", (*Emulator).createBinding},
	{opReadBinding, http.MethodGet, "/v1/delivery/bindings/{id}", (*Emulator).getBinding},
	{opUpdateBinding, http.MethodPut, "/v1/delivery/bindings/{id}", (*Emulator).updateBinding},
	{opDeleteBinding, http.MethodDelete, "/v1/delivery/bindings/{id}", (*Emulator).deleteBinding},
	{opPreviewBinding, http.MethodPost, "/v1/delivery/bindings/{id}/preview", (*Emulator).previewBinding},
}

// findBinding returns the stored binding with an ID, or nil.
func (e *Emulator) findBinding(id string) *binding {
	at := slices.IndexFunc(e.bindings, func(b *binding) bool { return strings.EqualFold(b.ID, id) })
	if at < 0 {
		return nil
	}
	return e.bindings[at]
}

// requestedBinding returns the binding that the path of a call names, or a 404.
func (e *Emulator) requestedBinding(c *call) (*binding, *apiError) {
	if b := e.findBinding(c.request.PathValue("id")); b != nil {
		return b, nil
	}
	return nil, notFound(noBinding)
}

// insertBinding stores b as the last binding.
func (e *Emulator) insertBinding(b binding) {
	e.lastSerial++
	b.serial = e.lastSerial
	e.bindings = append(e.bindings, &b)
	e.notedBinding(b.serial, &b)
}

func (e *Emulator) bindingBody(b *binding) bindingBody { return b.body(e.behavior, e.customerID) }

func (e *Emulator) listBindings(c *call) (reply, *apiError) {
	shown := func(b *binding) bindingBody { return e.bindingBody(b).inList(e.behavior) }
	return listReply(e.behavior, c.request.URL, e.listedBindings(), func(b *binding) int { return b.serial }, shown)
}

func (e *Emulator) createBinding(c *call) (reply, *apiError) {
	if c.fields == nil {
		return reply{}, badRequest(notAnObject)
	}
	b, found := e.writtenBinding(binding{}, c.fields, true)
	if len(found) > 0 {
		return reply{}, invalid(found)
	}
	b.ID, b.CreatedAt, b.UpdatedAt = e.newID(), e.stored(c.at), e.stored(c.at)
	e.insertBinding(b)
	return jsonReply(http.StatusCreated, e.bindingBody(&b)), nil
}

func (e *Emulator) getBinding(c *call) (reply, *apiError) {
	b, missing := e.requestedBinding(c)
	if missing != nil {
		return reply{}, missing
	}
	return jsonReply(http.StatusOK, e.bindingBody(b)), nil
}

func (e *Emulator) updateBinding(c *call) (reply, *apiError) {
	b, missing := e.requestedBinding(c)
	if missing != nil {
		return reply{}, missing
	}
	if c.fields == nil {
		return reply{}, badRequest(notAnObject)
	}
	next, found := e.writtenBinding(*b, c.fields, false)
	if len(found) > 0 {
		return reply{}, invalid(found)
	}
	old := e.bindingBody(b)
	*b = next.touched(e.stored(c.at))
	e.notedBinding(b.serial, b)
	return e.updateReply(old, e.bindingBody(b)), nil
}

func (e *Emulator) deleteBinding(c *call) (reply, *apiError) {
	b, missing := e.requestedBinding(c)
	if missing != nil {
		return reply{}, missing
	}
	e.removeBindings(func(other *binding) bool { return other == b })
	return e.deleteReply(e.behavior.shownID(b.ID)), nil
}

// removeBindings deletes the bindings for which matches returns true, and reports whether there were any.
func (e *Emulator) removeBindings(matches func(*binding) bool) bool {
	before := len(e.bindings)
	e.bindings = slices.DeleteFunc(e.bindings, func(b *binding) bool {
		if !matches(b) {
			return false
		}
		e.notedBinding(b.serial, nil)
		return true
	})
	return len(e.bindings) < before
}

// previewBody is a stub, like the public preview. It is an assumption that it has those fields of the SDK's model that a stub can
// fill.
//
// API docs: Get / Update / Delete / Preview.
type previewBody struct {
	Available      bool   `json:"available"`
	SampleMode     string `json:"sample_mode"`
	FallbackReason string `json:"fallback_reason"`
}

func (e *Emulator) previewBinding(c *call) (reply, *apiError) {
	if _, missing := e.requestedBinding(c); missing != nil {
		return reply{}, missing
	}
	return jsonReply(http.StatusOK, previewBody{Available: true, SampleMode: "structural", FallbackReason: "stub"}), nil
}
