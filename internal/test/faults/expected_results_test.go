package faults

import (
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// operation is an operation that a fault affects.
type operation string

// In "create", the fault affects the create itself. In "recover", the response to the create is lost, and the fault affects the lookup in the
// list. Listing and testing are calls of the client, because no resource makes them.
const (
	creating   operation = "create"
	recovering operation = "recover"
	reading    operation = "read"
	listing    operation = "list"
	updating   operation = "update"
	deleting   operation = "delete"
	probing    operation = "test"
)

var operations = []operation{creating, recovering, reading, listing, updating, deleting, probing}

// expectation is the expected result of an operation with a fault.
type expectation byte

const (
	succeeds  expectation = '+'
	outlives  expectation = 'o' // succeeds when the fault ends, within the retries
	fails     expectation = '-'
	once      expectation = '1' // succeeds if the fault happens once
	forgets   expectation = 'g' // treats the destination as gone, with a warning
	notTested expectation = '.' // the fault does not apply
)

// row is one fault of the matrix.
type row struct {
	kind emulator.FaultKind
	want string // one expectation for each operation, in order
	says string // text of the server that diagnostics must quote; empty: the request_timeout if there is one

	settings
}

// settings holds settings of the provider and of the fault that differ from the defaults.
type settings struct {
	retryAfter     time.Duration
	requestTimeout time.Duration
	maxRetryWait   time.Duration
	mostRequests   int // if more requests than the retries are allowed

	form     string // of the fault
	status   int    // status of the response
	executed string // when the API executes the request
}

// maxRetries is enough for a fault that happens twice, but not for a permanent fault.
const maxRetries = 2

var (
	impatient = settings{requestTimeout: time.Second}
	twoPages  = settings{mostRequests: 2 + maxRetries}
	waits     = settings{retryAfter: time.Second, maxRetryWait: 5 * time.Second}
)

const garbled = "an unexpected body"

// Each row has the operations in this order: create, recover, read, list, update, delete, test.
var matrix = []row{
	{emulator.LostRequest, "ooooooo", "the connection was closed", settings{}},
	{emulator.LostResponse, "+oooooo", "the connection was closed", settings{}},
	{emulator.CutBody, "+oooooo", "the connection was closed", settings{}},
	{emulator.Hang, "ooooooo", "", impatient},
	{emulator.HangAfter, "+oooooo", "", impatient},
	{emulator.SlowBody, "+oooooo", "", impatient},
	{emulator.LateResponse, "+++++++", "", settings{}},
	{emulator.LateBody, "+++++++", "", settings{}},
	{emulator.HugeBody, "+------", "64 MiB", settings{}},

	{emulator.RateLimited, "ooooooo", "429 Too Many Requests", waits},
	{emulator.RateLimitedDate, "ooooooo", "429 Too Many Requests", waits},
	{emulator.RateLimitedSeconds, "ooooooo", "429 Too Many Requests", waits},
	{emulator.RateLimitedMillis, "ooooooo", "429 Too Many Requests", waits},
	{emulator.RateLimitedISO, "ooooooo", "429 Too Many Requests", waits},
	{emulator.RateLimitedBare, "ooooooo", "429 Too Many Requests", settings{}},
	{emulator.QuotaSpent, "-------", "Daily quota of 500 requests exceeded", settings{}},
	{emulator.ServerError, "ooooooo", "An unexpected error occurred", settings{}},
	{emulator.ServerErrorFinal, "-------", "An unexpected error occurred", settings{}},
	{emulator.ServerErrorAfter, "+oooooo", "An unexpected error occurred", settings{}},
	{emulator.BadGateway, "ooooooo", "502 Bad Gateway", settings{}},
	{emulator.Unavailable, "ooooooo", "Down for maintenance", waits},
	{emulator.GatewayTimeout, "+oooooo", "504 Gateway Timeout", settings{}},
	{emulator.Unauthorized, "-------", "Missing or invalid API key", settings{}},
	{emulator.Forbidden, "-------", "This key lacks a required scope", settings{}},
	{emulator.NotFound, "--g--+-", "404 Not Found", settings{}},
	{emulator.NotFoundPage, "-------", "404 Not Found", settings{}},
	{emulator.Conflict, "-------", "like this exists already", settings{}},
	{emulator.Echo, "1---1--", "contains a credential and is not shown", settings{}},
	{emulator.RedirectAway, "-------", "elsewhere.invalid", settings{}},
	{emulator.Redirect, "-ooo---", "?redirected=1", settings{mostRequests: 6}},
	{emulator.Portal, "-------", garbled, settings{}},

	{emulator.HTMLBody, "+------", garbled, settings{}},
	{emulator.EmptyBody, "+---++-", "empty", settings{}},
	{emulator.NullBody, "+----+-", garbled, settings{}},
	{emulator.EmptyObject, "+----+-", garbled, settings{}},
	{emulator.ArrayBody, "+----+-", garbled, settings{}},
	{emulator.TruncatedBody, "+----+-", garbled, settings{}},
	{emulator.WrongType, "+++++++", "", settings{}},
	{emulator.OtherDestination, "+.-.-..", garbled, settings{}},
	{emulator.DuplicateItems, ".+.+...", "", settings{}},
	{emulator.RepeatedCursor, ".1.1...", "pages repeat", settings{}},
	{emulator.LaggingList, ".+.+...", "", settings{}},
	{emulator.FailedPage, ".o.o...", "An unexpected error occurred", twoPages},
	{emulator.RateLimitHeaders, "+++++++", "", settings{}},
}

// expects returns the expected result of an operation whose fault happens that many times; 0: always.
func (r row) expects(doing operation, times int) expectation {
	for i, other := range operations {
		if other != doing {
			continue
		}
		switch want := expectation(r.want[i]); {
		case want != outlives && want != once:
			return want
		case want == outlives && (times == 0 || times > maxRetries), want == once && times != 1:
			return fails
		}
	}
	return succeeds
}
