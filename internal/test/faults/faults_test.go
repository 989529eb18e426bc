package faults

import (
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// operation is what meets a fault.
type operation string

// A create meets the fault itself. With recovering, the answer to the create is lost, and the fault is met by the look into the
// list for what became of it. Listing and testing, which no resource does, are calls of the client.
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

// expectation is how an operation under a fault ends.
type expectation byte

const (
	succeeds  expectation = '+'
	outlives  expectation = 'o' // succeeds as soon as the fault is over, within the retries
	fails     expectation = '-'
	once      expectation = '1' // succeeds if it happens once
	forgets   expectation = 'g' // takes the destination for gone, with a warning
	notTested expectation = '.' // the fault does not apply
)

// row is one fault of the matrix.
type row struct {
	kind emulator.FaultKind
	want string // an expectation for each of the operations, in their order
	says string // what of the server's words a diagnostic has to repeat; empty: the request_timeout, if there is one

	settings
}

// settings are those of the provider and of the fault, where they matter.
type settings struct {
	retryAfter     time.Duration
	requestTimeout time.Duration
	maxRetryWait   time.Duration
	mostRequests   int // where there may be more than the retries explain

	form     string // of the fault
	status   int    // that it answers with
	executed string // when the request is executed
}

// maxRetries outlives what happens twice, but not what happens for ever.
const maxRetries = 2

var (
	impatient = settings{requestTimeout: time.Second}
	twoPages  = settings{mostRequests: 2 + maxRetries}
	waits     = settings{retryAfter: time.Second, maxRetryWait: 5 * time.Second}
)

const garbled = "an unexpected body"

// Each row has, in this order: create, recover, read, list, update, delete, test.
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

// expects is how an operation ends whose fault happens that often; 0 is for ever.
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
