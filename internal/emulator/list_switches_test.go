package emulator

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

var listSwitchCases = []switchCase{
	{"ListForm=ListData", pagesOfThree, "data 3", "data 3"},
	{"ListForm=ListNumbered", pagesOfThree, "data 3", "data 3 total 3 self /v1/delivery/destinations; limit=2: data 2 total 3 self " +
		"/v1/delivery/destinations?limit=2; page=2: data 1 total 3 self /v1/delivery/destinations?limit=2&page=2; page=3: data 0 total 3 self " +
		"/v1/delivery/destinations?limit=2&page=3"},
	{"ListForm=ListItems", pagesOfThree, "data 3", "items 3 total 3"},
	{"ListMaxLimit=2", func(a api) string { return limited(a, "limit=1", "limit=2", "limit=3", "limit=0") },
		"1 2 3 400 limit must be a positive integer", "1 2 2 400 limit must be a positive integer"},
	{"ListLimit=LimitClamped", func(a api) string { return limited(a, "limit=500", "limit=501") }, "3 3", "3 3"},
	{"ListLimit=LimitRefused", func(a api) string { return limited(a, "limit=500", "limit=501") }, "3 3",
		"3 400 limit must not be greater than 500"},
	{"ListLimit=LimitIgnored", func(a api) string { return limited(a, "limit=2", "limit=501") }, "2 3", "1 1"},
	{"RefuseUnknownQuery", func(a api) string {
		whole := a.do("GET", destinationsPath+"?limit=1", "").status
		a.SetBehavior(func(b *Behavior) { b.ListPageSize = 2 })
		cursor := []int{a.do("GET", destinationsPath+"?limit=1&cursor=", "").status, a.do("GET", destinationsPath+"?page=1", "").status}
		a.SetBehavior(func(b *Behavior) { b.ListForm = ListNumbered })
		numbered := []int{a.do("GET", destinationsPath+"?limit=1&page=1", "").status, a.do("GET", destinationsPath+"?cursor=", "").status}
		return fmt.Sprint(whole, cursor, numbered)
	}, "200 [200 200] [200 200]", "400 [200 400] [200 400]"},
	{"ListLag=2s", func(a api) string {
		advance := a.at(time.Date(2024, 9, 1, 10, 0, 0, 0, time.UTC))
		gone, stays := a.create(plainWebhook), a.create(plainWebhook)
		advance(time.Minute)
		a.create(plainWebhook)
		a.ok("PUT", stays, `{"name":"x"}`)
		a.ok("DELETE", gone, "")
		seen := listedNames(a)
		advance(1999 * time.Millisecond)
		seen += ", " + listedNames(a)
		advance(time.Millisecond)
		return seen + ", " + listedNames(a)
	}, "x w, x w, x w", "w w, w w, x w"},
	{"ListWithoutConfig", keysInList("config"), "true true", "false true"},
	{"ListWithoutCreatedAt", keysInList("created_at"), "true true", "false true"},
	{"ListWithoutHasAuthConfig", keysInList("has_auth_config"), "true true", "false true"},
	{"ListWithoutHasSigningSecret", keysInList("has_signing_secret"), "true true", "false true"},
	{"Times=TimeMillis", times, millis, millis},
	{"Times=TimeOffset", times, millis, `"2024-09-01T10:00:00.500+0000" "2024-09-01T10:00:00.500+0000" null`},
	{"Times=TimeSpace", times, millis, `"2024-09-01 10:00:00.500Z" "2024-09-01 10:00:00.500Z" null`},
	{"Times=TimeNoZone", times, millis, `"2024-09-01T10:00:00.500" "2024-09-01T10:00:00.500" null`},
	{"Times=TimeSeconds", times, millis, `1725184800 1725184800 null`},
	{"Times=TimeEpochMillis", times, millis, `1725184800500 1725184800500 null`},
	{"Times=TimeDate", times, millis, `"2024-09-01" "2024-09-01" null`},
	{"Times=TimeAbsent", times, millis, `null "2024-09-01T10:00:00.500Z" null`},
	{"DatabaseSkew=-10s", func(a api) string {
		a.at(time.Date(2024, 9, 1, 10, 0, 0, 0, time.UTC))
		got := a.do("POST", destinationsPath, plainWebhook)
		return got.header.Get("Date") + " " + show(a.object(got), "created_at")
	}, `Sun, 01 Sep 2024 10:00:00 GMT "2024-09-01T10:00:00.000Z"`, `Sun, 01 Sep 2024 10:00:00 GMT "2024-09-01T09:59:50.000Z"`},
}

const millis = `"2024-09-01T10:00:00.500Z" "2024-09-01T10:00:00.500Z" null`

func times(a api) string {
	a.at(time.Date(2024, 9, 1, 10, 0, 0, 500e6, time.UTC))
	got := a.ok("POST", destinationsPath, plainWebhook)
	return show(got, "created_at") + " " + show(got, "updated_at") + " " + show(got, "last_delivery_at")
}

// keysInList reports whether a destination has a key in a list, and in a read by ID.
func keysInList(key string) func(api) string {
	return func(a api) string {
		_, alone := a.ok("GET", a.create(plainWebhook), "")[key]
		_, listed := a.ok("GET", destinationsPath, "")["data"].([]any)[0].(map[string]any)[key]
		return fmt.Sprint(listed, alone)
	}
}

func listedNames(a api) string {
	var names []string
	for _, item := range a.ok("GET", destinationsPath, "")["data"].([]any) {
		names = append(names, item.(map[string]any)["name"].(string))
	}
	return strings.Join(names, " ")
}

// pagesOfThree describes a list of three items and, if the form has pages, its pages of two items.
func pagesOfThree(a api) string {
	for range 3 {
		a.create(plainWebhook)
	}
	describe := func(query string) string {
		got := a.ok("GET", destinationsPath+query, "")
		var seen []string
		for _, key := range []string{"data", "items"} {
			if items, ok := got[key].([]any); ok {
				seen = append(seen, key, fmt.Sprint(len(items)))
			}
		}
		if got["total"] != nil {
			seen = append(seen, "total", show(got, "total"))
		}
		if links, ok := got["links"].(map[string]any); ok {
			seen = append(seen, "self", links["self"].(string))
		}
		return strings.Join(seen, " ")
	}
	whole := describe("")
	if !strings.Contains(whole, "self") {
		return whole
	}
	return strings.Join([]string{whole, "limit=2: " + describe("?limit=2"), "page=2: " + describe("?limit=2&page=2"), "page=3: " + describe("?limit=2&page=3")}, "; ")
}

// limited returns the number of items that each query returns, from a list of three items with one item per page.
func limited(a api, queries ...string) string {
	a.SetBehavior(func(b *Behavior) { b.ListPageSize = 1 })
	for range 3 {
		a.create(plainWebhook)
	}
	var seen []string
	for _, query := range queries {
		got := a.do("GET", destinationsPath+"?"+query, "")
		items, ok := a.object(got)["data"].([]any)
		if !ok {
			seen = append(seen, fmt.Sprint(got.status, " ", a.object(got)["message"]))
			continue
		}
		seen = append(seen, fmt.Sprint(len(items)))
	}
	return strings.Join(seen, " ")
}

func TestListItemsInPages(t *testing.T) {
	t.Parallel()
	a := start(t, "ListForm=ListItems", "ListPageSize=2")
	for range 3 {
		a.create(plainWebhook)
	}
	first, last := a.ok("GET", destinationsPath, ""), a.ok("GET", destinationsPath+"?page=2", "")
	if got := fmt.Sprint(len(first["items"].([]any)), first["total"], len(last["items"].([]any)), last["total"]); got != "2 3 1 3" {
		t.Errorf("got %s", got)
	}
	if status := a.do("GET", destinationsPath+"?page=0", "").status; status != 400 {
		t.Errorf("page 0: %d", status)
	}
}

// When lists begin to lag, they contain the objects that existed before.
func TestLagBegins(t *testing.T) {
	t.Parallel()
	a := start(t)
	advance := a.at(time.Date(2024, 9, 1, 10, 0, 0, 0, time.UTC))
	a.create(plainWebhook)
	lag := func(d time.Duration) { a.SetBehavior(func(b *Behavior) { b.ListLag = d }) }
	lag(time.Second)
	a.create(strings.Replace(plainWebhook, `"w"`, `"new"`, 1))
	a.Edit(a.Destinations()[0].ID, func(d *Destination) { d.Name = "edited" })
	if got := listedNames(a); got != "w" {
		t.Errorf("at once: %s", got)
	}
	advance(time.Second)
	a.Remove(a.Destinations()[0].ID)
	if got := listedNames(a); got != "edited new" {
		t.Errorf("later: %s", got)
	}
	lag(0)
	if got := listedNames(a); got != "new" {
		t.Errorf("without a lag: %s", got)
	}
}
