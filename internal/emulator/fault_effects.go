package emulator

import "net/http"

// These are the operations to which some faults are limited.
var (
	answeringOne   = []string{opCreate, opRead, opUpdate, opCreateBinding, opReadBinding, opUpdateBinding, opReadAttempt}
	answeringLists = []string{opList, opListBindings, opListAttempts, opListDeadLetters}
	creating       = []string{opCreate, opCreateBinding}
	deleting       = []string{opDelete, opDeleteBinding, opDismissDeadLetter, opReplayDeadLetter, opReplayAttempt}
)

// effects defines the effect of every kind of fault.
var effects = map[FaultKind]effect{
	LostRequest:  {silent: true, deliver: closeConnection},
	LostResponse: {silent: true, deliver: closeConnection, executes: true},
	Hang:         {silent: true, deliver: hang},
	HangAfter:    {silent: true, deliver: hang, executes: true},
	CutBody:      {relays: true, deliver: cut},
	SlowBody:     {relays: true, deliver: trickle},
	LateResponse: {relays: true, deliver: late},
	LateBody:     {relays: true, deliver: lateBody},
	HugeBody:     {relays: true, deliver: pad},

	RateLimited:        {answer: refusal(rateLimited, retryAfterSeconds)},
	RateLimitedDate:    {answer: refusal(rateLimited, retryAfterDate)},
	RateLimitedSeconds: {answer: refusal(rateLimited, resetSeconds)},
	RateLimitedMillis:  {answer: refusal(rateLimited, resetMillis)},
	RateLimitedISO:     {answer: refusal(rateLimited, resetISO)},
	RateLimitedBare:    {answer: refusal(rateLimited)},
	QuotaSpent:         {answer: refusal(quotaSpent, quotaHeaders)},
	ServerError:        {answer: refusal(serverError)},
	ServerErrorFinal:   {answer: refusal(finalServerError)},
	ServerErrorAfter:   {answer: refusal(serverError), executes: true},
	Unavailable:        {answer: refusal(unavailable, retryAfterSeconds)},
	Unauthorized:       {answer: refusal(unauthorized)},
	Forbidden:          {answer: refusal(forbidden)},
	Conflict:           {answer: existsAlready},
	NotFound:           {answer: noSuchThing},
	Echo:               {answer: echo},

	ForeignNotFound: {forms: foreignNotFounds},
	Refused:         {forms: refusals},

	BadGateway:     {answer: htmlAnswer(http.StatusBadGateway)},
	GatewayTimeout: {answer: htmlAnswer(http.StatusGatewayTimeout), executes: true},
	NotFoundPage:   {answer: htmlAnswer(http.StatusNotFound)},
	Portal:         {answer: htmlAnswer(http.StatusOK)},
	RedirectAway:   {answer: redirectAway},
	Redirect:       {answer: redirect},

	HTMLBody:         {onSuccess: true, answer: htmlAnswer(http.StatusOK)},
	EmptyBody:        {onSuccess: true, answer: literal("")},
	NullBody:         {onSuccess: true, answer: literal("null")},
	EmptyObject:      {onSuccess: true, answer: literal("{}")},
	ArrayBody:        {onSuccess: true, answer: literal("[1]")},
	TruncatedBody:    {onSuccess: true, answer: truncated},
	WrongType:        {onSuccess: true, answer: wrongType},
	ExistingResult:   {answer: existingResult, only: creating},
	WrongResult:      {onSuccess: true, forms: wrongResults, only: creating},
	NotDeleted:       {forms: notDeleted, only: deleting},
	OtherDestination: {onSuccess: true, answer: otherObject, only: answeringOne},

	DuplicateItems:   {onSuccess: true, answer: changedList(twice), only: answeringLists},
	RepeatedCursor:   {onSuccess: true, answer: changedList(sameCursor), only: answeringLists},
	LaggingList:      {onSuccess: true, answer: changedList(withoutLast), only: answeringLists},
	FailedPage:       {onSuccess: true, answer: failedPage, only: answeringLists},
	OddItem:          {onSuccess: true, forms: oddItems, only: answeringLists},
	StaleDate:        {relays: true, answer: staleDate},
	RateLimitHeaders: {relays: true, answer: withQuotaHeaders},
}
