package talonic

import (
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// pages returns a handler that responds to each cursor with its body.
func pages(bodies map[string]string) *recorder {
	return record(func(w http.ResponseWriter, r *http.Request) {
		body, ok := bodies[r.URL.Query().Get("cursor")]
		if !ok {
			answer(w, 400, `{"message":"unknown cursor"}`)
			return
		}
		answer(w, 200, body)
	})
}

func pageOf(next string, ids ...string) string {
	var items []string
	for _, id := range ids {
		items = append(items, minimal(id))
	}
	return `{"data":[` + strings.Join(items, ",") + `],"pagination":{"limit":2,"has_more":true,"next_cursor":"` + next + `"}}`
}

func TestListDestinations(t *testing.T) {
	t.Parallel()
	last := `{"data":[` + minimal("d3") + `],"pagination":{"has_more":false,"next_cursor":"x"}}`
	tests := []struct {
		name   string
		bodies map[string]string
		want   []string
		uris   []string
	}{
		{"none", map[string]string{"": `{"data":[]}`}, nil, []string{""}},
		{"bare array", map[string]string{"": ` [` + minimal("d1") + `]`}, []string{"d1"}, []string{""}},
		{"bare empty array", map[string]string{"": `[]`}, nil, []string{""}},
		{"data", map[string]string{"": `{"data":[` + minimal("d1") + `,` + minimal("d2") + `]}`}, []string{"d1", "d2"}, []string{""}},
		{"no pagination", map[string]string{"": `{"data":[` + minimal("d1") + `],"pagination":null}`}, []string{"d1"}, []string{""}},
		{
			"pages",
			map[string]string{"": pageOf("a&/= b", "d1", "d2"), "a&/= b": last},
			[]string{"d1", "d2", "d3"}, []string{"", "?cursor=a%26%2F%3D+b&limit=500"},
		},
		{ // a list that shifted between two pages
			"destination on two pages",
			map[string]string{"": pageOf("a", "d1", "d2"), "a": pageOf("b", "d2", "d4"), "b": last},
			[]string{"d1", "d2", "d4", "d3"}, []string{"", "?cursor=a&limit=500", "?cursor=b&limit=500"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := pages(tt.bodies)
			destinations, err := newTestClient(t, server.ServeHTTP).ListDestinations(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var ids, uris []string
			for _, d := range destinations {
				ids = append(ids, d.ID)
			}
			for _, r := range server.all() {
				uris = append(uris, strings.TrimPrefix(r.uri, "/v1/delivery/destinations"))
			}
			if diff := cmp.Diff(tt.want, ids); diff != "" {
				t.Errorf("ids (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.uris, uris); diff != "" {
				t.Errorf("requests (-want +got):\n%s", diff)
			}
		})
	}
}

// A part of a list is never returned as the whole.
func TestListThatIsNotWhole(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		bodies map[string]string
		want   string
	}{
		{"item without id", map[string]string{"": `{"data":[` + minimal("d1") + `,{"name":"n","type":"webhook"}]}`}, `item 1 of the list has no valid "id"`},
		{"item without id on the next page", map[string]string{"": pageOf("a", "d1", "d2"), "a": `[{}]`}, `item 2 of the list has no valid "id"`},
		{"null item", map[string]string{"": `[null]`}, "item 0 of the list"},
		{"no data", map[string]string{"": `{"destinations":[]}`}, `there is no "data"`},
		{"data is an object", map[string]string{"": `{"data":{}}`}, `it is a JSON object`},
		{"pagination is a text", map[string]string{"": `{"data":[],"pagination":"no"}`}, `its "pagination" is a JSON string`},
		{"text after it", map[string]string{"": `{"data":[]}]`}, "text after"},
		{"next page fails", map[string]string{"": pageOf("gone", "d1")}, "unknown cursor"},
		{"next page is empty", map[string]string{"": pageOf("a", "d1"), "a": ""}, "it is empty"},
		{"more, but nobody says where", map[string]string{"": `{"data":[],"pagination":{"has_more":true,"next_cursor":null}}`}, "list is incomplete"},
		{
			"less than the total",
			map[string]string{
				"":  `{"data":[` + minimal("d1") + `],"pagination":{"total":3,"has_more":true,"next_cursor":"a"}}`,
				"a": `{"data":[` + minimal("d2") + `],"pagination":{"total":3,"has_more":false}}`,
			},
			"list is incomplete",
		},
		{"cursor repeats itself", map[string]string{"": pageOf("a", "d1"), "a": pageOf("a", "d2")}, "repeat"},
		{"cursors go in a circle", map[string]string{"": pageOf("a", "d1"), "a": pageOf("b", "d2"), "b": pageOf("a", "d3")}, "repeat"},
		{"next page brings nothing new", map[string]string{"": pageOf("a", "d1"), "a": pageOf("b", "d1"), "b": pageOf("c", "d1")}, "repeat"},
		{"next page has nothing", map[string]string{"": pageOf("a", "d1"), "a": pageOf("b"), "b": pageOf("c")}, "repeat"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := newTestClient(t, pages(tt.bodies).ServeHTTP).ListDestinations(t.Context())
			if err == nil || got != nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("ListDestinations = %v, %v, want an error with %q", got, err, tt.want)
			}
		})
	}
}

// If objects are deleted while a list is read, later pages skip others. The list is read again.
func TestListThatShrinks(t *testing.T) {
	t.Parallel()
	for name, always := range map[string]bool{"once": false, "always": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reads := 0
			client := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
				first, second := `{"data":[`+minimal("d1")+`],"total":3}`, `{"data":[],"total":2}`
				if r.URL.RawQuery == "" {
					reads++
				}
				switch {
				case reads == 2 && !always:
					answer(w, 200, `{"data":[`+minimal("d2")+`,`+minimal("d3")+`],"total":2}`)
				case r.URL.Query().Get("page") != "":
					answer(w, 200, second)
				default:
					answer(w, 200, first)
				}
			})
			got, err := client.ListDestinations(t.Context())
			if (err != nil) != always || (len(got) == 2) == always || reads != 2 {
				t.Errorf("ListDestinations = %v, %v, after %d reads", got, err, reads)
			}
		})
	}
}

// If a list has no end, the client reads only up to the limit and the page that exceeds it.
func TestListIsBounded(t *testing.T) {
	t.Parallel()
	const buffer = 64 << 10 // size of the buffer in which a body is read
	for name, c := range map[string]struct {
		page int64 // bytes
		most int64
		want string
	}{
		"many pages":               {390 << 10, 3 * 390 << 10, errListTooLarge.Error()},
		"a page that does not end": {math.MaxInt64, maxBody, ErrBodyTooLarge.Error()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			served, number := int64(0), 0
			pages := step{func(r *http.Request) (*http.Response, error) {
				number++
				begin := fmt.Sprintf(`{"data":[%s`, minimal(fmt.Sprint("d", number)))
				end := fmt.Sprintf(`],"pagination":{"has_more":true,"next_cursor":"%d"}}`, number)
				body := io.MultiReader(strings.NewReader(begin), io.LimitReader(spaces{}, c.page), strings.NewReader(end))
				return newResponse(r, 200, &countedReader{body, &served}), nil
			}}
			client := newClient(t, DefaultBaseURL, WithTransport(steps(pages)))
			client.maxList = 1 << 20 // decoding 64 MiB takes seconds
			got, err := client.ListDestinations(t.Context())
			if err == nil || got != nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("ListDestinations = %d objects, %v", len(got), err)
			}
			if served > c.most+buffer {
				t.Errorf("%d MiB were read", served>>20)
			}
		})
	}
}

// spaces is a text without end.
type spaces struct{}

func (spaces) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// countedReader counts the bytes that are read from a body.
type countedReader struct {
	io.Reader
	read *int64
}

func (r *countedReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	*r.read += int64(n)
	return n, err
}

// If the API rejects a limit, the client tries a smaller limit, and then pages of the API's default size. It tries each limit only
// once.
func TestListWithRefusedLimit(t *testing.T) {
	t.Parallel()
	const all = 1000
	for name, c := range map[string]struct{ most, first, second int }{
		"none is":   {500, 3, 3},    // the first page, then two of 500
		"500 is":    {100, 12, 11},  // the first page, the rejected one, then ten of 100
		"all are":   {50, 53, 50},   // the first page, two rejected ones, then fifty of 20, the first of which is known already
		"422 is it": {-100, 12, 11}, // rejected with that status
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status, most := 400, c.most
			if most < 0 {
				status, most = 422, -most
			}
			server := record(func(w http.ResponseWriter, r *http.Request) {
				query, limit, number := r.URL.Query(), 20, 1
				if text := query.Get("limit"); text != "" {
					limit, _ = strconv.Atoi(text)
				}
				if limit > most {
					answer(w, status, `{"message":"limit is too large"}`)
					return
				}
				if text := query.Get("page"); text != "" {
					number, _ = strconv.Atoi(text)
				}
				var items []string
				for i := (number - 1) * limit; i < min(number*limit, all); i++ {
					items = append(items, minimal(fmt.Sprint("d", i)))
				}
				answer(w, 200, fmt.Sprintf(`{"data":[%s],"total":%d,"links":{"self":"/"}}`, strings.Join(items, ","), all))
			})
			client := newTestClient(t, server.ServeHTTP)
			before := 0
			for _, want := range []int{c.first, c.second} {
				if got, err := client.ListDestinations(t.Context()); err != nil || len(got) != all {
					t.Fatalf("%d destinations, %v", len(got), err)
				}
				if requests := len(server.all()) - before; requests != want {
					t.Errorf("%d requests, want %d", requests, want)
				}
				before = len(server.all())
			}
		})
	}
}

// Repeated keys affect only the object that contains them, and do not prevent reading other objects of the list.
func TestListWithRepeatedKeys(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]int{
		`{"data":[{"id":"odd","name":"a","Name":"b","type":"s3"},` + complete("d1") + `]}`:                            2,
		`[{"config":{"a":1,"a":2},"name":"odd","ID":"odd","type":"s3"},` + complete("d1") + `]`:                       2,
		`{"data":[` + complete("d1") + `,{"id":"odd","name":"a","name":"a"}],"pagination":{"has_more":false}}`:        2,
		`{"data":[{"id":"a","ID":"b","name":"n","type":"s3"},` + complete("d1") + `]}`:                                0, // the ID is ambiguous
		`{"data":[` + complete("d1") + `],"Data":[]}`:                                                                 0,
		`{"data":[` + complete("d1") + `],"pagination":{"has_more":false,"Has_More":true}}`:                           0,
		`{"data":[{"name":"n","name":"n"},` + complete("d1") + `]}`:                                                   0,
		`{"data":[{"id":"odd","name":"a","name":"b","x":[1,{"y":"}"}]},{"id":"odd2","id":2},` + complete("d1") + `]}`: 3,
	} {
		all, err := newTestClient(t, always(200, body)).ListDestinations(t.Context())
		if len(all) != want || (err != nil) != (want == 0) {
			t.Errorf("%s: %d objects, error = %v", body, len(all), err)
		}
		for _, d := range all {
			if strings.HasPrefix(d.ID, "odd") && (d.Name != "" || d.Type != "") {
				t.Errorf("%s: %+v", body, d)
			}
		}
	}
}

// In a list without end, each page has a next page and contains new objects.
func TestListWithoutEnd(t *testing.T) {
	t.Parallel()
	for path, list := range map[string]func(c *Client) error{
		deadLettersPath: func(c *Client) error {
			_, err := c.ListDeadLetters(t.Context(), nil, 5)
			return err
		},
		attemptsPath: func(c *Client) error { // oldest first, so newer attempts may follow
			_, err := c.ListAttempts(t.Context(), AttemptQuery{Limit: 5})
			return err
		},
	} {
		requests := 0
		c := newTestClient(t, func(w http.ResponseWriter, _ *http.Request) {
			requests++
			at := time.Unix(int64(requests), 0).UTC().Format(time.RFC3339)
			answer(w, http.StatusOK, fmt.Sprintf(`{"data":[{"id":"x%[1]d","status":"failed","created_at":%[2]q}],"pagination":{"has_more":true,"next_cursor":"%[1]d"}}`, requests, at))
		})
		var incomplete *IncompleteListError
		if err := list(c); !errors.As(err, &incomplete) || !strings.Contains(err.Error(), "more than 4096 pages") || requests > 4200 {
			t.Errorf("%s: after %d requests: %v", path, requests, err)
		}
	}
}
