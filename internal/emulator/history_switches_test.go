package emulator

import (
	"fmt"
	"strings"
)

var historySwitchCases = []switchCase{
	{"HistoryAsList", func(a api) string { return a.do("GET", itemsPath, "").body }, `{"items":[],"total":0}`, `{"data":[]}`},
	{"HistoryOldestFirst", func(a api) string {
		for _, id := range []string{"1", "2", "3"} {
			a.AddAttempt(Attempt{ID: id})
			a.AddDeadLetter(DeadLetter{ID: id})
		}
		first := a.ok("GET", dlqPath+"?limit=2", "")
		rest := a.do("GET", dlqPath+"?limit=2&cursor="+strings.Trim(show(first, "pagination.next_cursor"), `"`), "").body
		return ids(a.t, a.do("GET", itemsPath, "").body) + ", " + ids(a.t, rest)
	}, "3 2 1, 1", "1 2 3, 3"},
	{"FilterDeadLetters", func(a api) string {
		a.AddDeadLetter(DeadLetter{ID: "1", BindingID: "a"})
		a.AddDeadLetter(DeadLetter{ID: "2", BindingID: "b"})
		return ids(a.t, a.do("GET", dlqPath+"?binding_id=a", "").body)
	}, "2 1", "1"},
	{"AttemptReplay=ReplayFlag", replayAnswer, `200 {"replayed":true}`, `200 {"replayed":true}`},
	{"AttemptReplay=ReplayItem", replayAnswer, `200 {"replayed":true}`, `201 in_flight`},
	{"AttemptReplay=ReplayAccepted", replayAnswer, `200 {"replayed":true}`, `202 `},
	{"AttemptReplay=ReplayNoContent", replayAnswer, `200 {"replayed":true}`, `204 `},
	{"GuideRetrySchedule", func(a api) string {
		a.SetBehavior(func(b *Behavior) { b.FillDefaults = true })
		p := policyOf(a.behavior, binding{})
		return fmt.Sprint(p.maxAttempts, p.waits, " ", show(a.ok("GET", a.bind(""), ""), "delivery_policy.max_attempts"))
	}, "6 [5s 30s 2m0s 10m0s 1h0m0s] 6", "7 [30s 2m0s 8m0s 30m0s 2h0m0s 8h0m0s] 7"},
	{"DeliveriesMoveUpdatedAt", func(a api) string {
		a.bound("a")
		a.SetDeliveryOutcome("destination-a", &DeliveryOutcome{HTTPStatus: 200})
		a.StartDeliveries(Deliveries{})
		defer a.StopDeliveries()
		d, b := a.Destinations()[0], a.Bindings()[0]
		a.emit(nil)
		return fmt.Sprint(a.Destinations()[0].UpdatedAt.After(d.UpdatedAt), a.Bindings()[0].UpdatedAt.After(b.UpdatedAt))
	}, "false false", "true true"},
	{"BlockPrivateNetworks", func(a api) string {
		a.bound("a")
		a.Edit("destination-a", func(d *Destination) { d.Config["url"] = "http://127.0.0.1:1" })
		a.EditBinding("binding-a", func(b *Binding) { b.DeliveryPolicy = fields{"max_attempts": 1} })
		a.StartDeliveries(Deliveries{})
		defer a.StopDeliveries()
		found := a.ok("POST", destinationsPath+"/destination-a/test", "")
		a.emit(nil)
		return fmt.Sprint(found["message"], ", ", a.outcomes(), ", ", a.Destinations()[0].IsActive)
	}, "the connection was refused, 1:failed:connector_error, true", "the host is in a private network, 1:failed:ssrf_blocked, false"},
	{"RefuseOrganizationWideWrites", func(a api) string {
		a.AddAPIKey("tlnc_organization", KeyLimits{OrganizationWide: true})
		key := []string{"Authorization", "Bearer tlnc_organization"}
		return fmt.Sprint(a.do("GET", dlqPath, "", key...).status, a.do("POST", destinationsPath, plainWebhook, key...).status)
	}, "200 201", "200 400"},
}

// replayAnswer returns the response to the replay of an attempt. If the response is an attempt, replayAnswer returns its status.
func replayAnswer(a api) string {
	a.bound("a")
	a.AddAttempt(Attempt{ID: "one", BindingID: "binding-a"})
	got := a.do("POST", itemsPath+"/one/replay", "")
	if status, ok := a.object(got)["status"]; ok {
		return fmt.Sprint(got.status, " ", status)
	}
	return fmt.Sprint(got.status, " ", got.body)
}
