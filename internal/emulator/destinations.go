package emulator

import (
	"net/http"
	"slices"
	"strings"
)

var destinationRoutes = []route{
	{opList, http.MethodGet, "/v1/delivery/destinations", (*Emulator).listDestinations},
	{opCreate, http.MethodPost, "/v1/delivery/destinations", (*Emulator).createDestination},
	{opRead, http.MethodGet, "/v1/delivery/destinations/{id}", (*Emulator).getDestination},
	{opUpdate, http.MethodPut, "/v1/delivery/destinations/{id}", (*Emulator).updateDestination},
	{opDelete, http.MethodDelete, "/v1/delivery/destinations/{id}", (*Emulator).deleteDestination},
	{opTest, http.MethodPost, "/v1/delivery/destinations/{id}/test", (*Emulator).testDestination},
}

// find returns the stored destination with an ID, or nil.
func (e *Emulator) find(id string) *destination {
	at := slices.IndexFunc(e.destinations, func(d *destination) bool { return strings.EqualFold(d.ID, id) })
	if at < 0 {
		return nil
	}
	return e.destinations[at]
}

// asked returns the destination that the path of a call names, or a 404.
func (e *Emulator) asked(c *call) (*destination, *apiError) {
	if d := e.find(c.request.PathValue("id")); d != nil {
		return d, nil
	}
	return nil, notFound(noDestination)
}

// insert stores d as the last destination.
func (e *Emulator) insert(d destination) {
	e.lastSerial++
	d.serial = e.lastSerial
	e.destinations = append(e.destinations, &d)
	e.noted(d.serial, &d)
}

func (e *Emulator) body(d *destination) destinationBody { return d.body(e.behavior, e.customerID) }

func (e *Emulator) listDestinations(c *call) (reply, *apiError) {
	shown := func(d *destination) destinationBody { return e.body(d).inList(e.behavior) }
	return listReply(e.behavior, c.request.URL, e.listedDestinations(), func(d *destination) int { return d.serial }, shown)
}

func (e *Emulator) createDestination(c *call) (reply, *apiError) {
	if c.fields == nil {
		return reply{}, badRequest(notAnObject)
	}
	d, found := created(e.behavior, c.fields)
	if len(found) > 0 {
		return reply{}, invalid(found)
	}
	d.ID, d.CreatedAt, d.UpdatedAt = e.newID(), e.stored(c.at), e.stored(c.at)
	e.insert(d)
	return jsonReply(http.StatusCreated, e.body(&d)), nil
}

func (e *Emulator) getDestination(c *call) (reply, *apiError) {
	d, missing := e.asked(c)
	if missing != nil {
		return reply{}, missing
	}
	return jsonReply(http.StatusOK, e.body(d)), nil
}

func (e *Emulator) updateDestination(c *call) (reply, *apiError) {
	d, missing := e.asked(c)
	if missing != nil {
		return reply{}, missing
	}
	if c.fields == nil {
		return reply{}, badRequest(notAnObject)
	}
	next, found := updated(e.behavior, *d, c.fields)
	if len(found) > 0 {
		return reply{}, invalid(found)
	}
	old := e.body(d)
	*d = next.touched(e.stored(c.at))
	e.noted(d.serial, d)
	return e.updateReply(old, e.body(d)), nil
}

// updateReply returns the response to an update. old and updated are the bodies of the object before and after the update.
func (e *Emulator) updateReply(old, updated any) reply {
	switch {
	case e.behavior.UpdateWithoutBody:
		return noContent()
	case e.behavior.UpdateReturnsOld:
		return jsonReply(http.StatusOK, old)
	}
	return jsonReply(http.StatusOK, updated)
}

// deletion is the body of a response to DELETE.
type deletion struct {
	Deleted bool   `json:"deleted"`
	ID      string `json:"id"`
}

func (e *Emulator) deleteDestination(c *call) (reply, *apiError) {
	d, missing := e.asked(c)
	if missing != nil {
		return reply{}, missing
	}
	e.remove(d.ID)
	return e.deleteReply(e.behavior.shownID(d.ID)), nil
}

// deleteReply returns the response to a deletion.
func (e *Emulator) deleteReply(id string) reply {
	if e.behavior.DeleteWithoutBody {
		return noContent()
	}
	return jsonReply(http.StatusOK, deletion{Deleted: true, ID: id})
}

// remove deletes the destination with an ID, its bindings and their history. It reports whether the destination existed.
//
// API docs: Get / Update / Delete / Test.
func (e *Emulator) remove(id string) bool {
	e.removeBindings(func(b *binding) bool { return b.DestinationID == id })
	e.history.forgetDestination(id)
	before := len(e.destinations)
	e.destinations = slices.DeleteFunc(e.destinations, func(d *destination) bool {
		if d.ID == id {
			e.noted(d.serial, nil)
		}
		return d.ID == id
	})
	return len(e.destinations) < before
}
