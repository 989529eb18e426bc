package emulator

import "net/http"

// What some faults are limited to.
var (
	answeringOne   = []string{opCreate, opRead, opUpdate, opCreateBinding, opReadBinding, opUpdateBinding}
	answeringLists = []string{opList, opListBindings}
)

// effects has every kind of fault.
var effects = map[FaultKind]effect{
	LostRequest:  {silent: true, deliver: closeConnection},
	LostResponse: {silent: true, deliver: closeConnection, executes: true},
	Hang:         {silent: true, deliver: hang},
	HangAfter:    {silent: true, deliver: hang, executes: true},
	CutBody:      {executes: true, deliver: cut},
	SlowBody:     {executes: true, deliver: trickle},
	HugeBody:     {executes: true, deliver: pad},

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

	BadGateway:     {answer: htmlAnswer(http.StatusBadGateway)},
	GatewayTimeout: {answer: htmlAnswer(http.StatusGatewayTimeout), executes: true},
	NotFoundPage:   {answer: htmlAnswer(http.StatusNotFound)},
	Portal:         {answer: htmlAnswer(http.StatusOK)},
	RedirectAway:   {answer: redirectAway},
	Redirect:       {answer: redirect},

	HTMLBody:         {executes: true, answer: instead(htmlAnswer(http.StatusOK))},
	EmptyBody:        {executes: true, answer: instead(literal(""))},
	NullBody:         {executes: true, answer: instead(literal("null"))},
	EmptyObject:      {executes: true, answer: instead(literal("{}"))},
	ArrayBody:        {executes: true, answer: instead(literal("[1]"))},
	TruncatedBody:    {executes: true, answer: instead(truncated)},
	WrongType:        {executes: true, answer: instead(wrongType)},
	OtherDestination: {executes: true, answer: instead(otherThing), only: answeringOne},

	DuplicateItems:   {executes: true, answer: instead(changedList(twice)), only: answeringLists},
	RepeatedCursor:   {executes: true, answer: instead(changedList(sameCursor)), only: answeringLists},
	LaggingList:      {executes: true, answer: instead(changedList(withoutLast)), only: answeringLists},
	FailedPage:       {executes: true, answer: instead(failedPage), only: answeringLists},
	RateLimitHeaders: {executes: true, answer: withQuotaHeaders},
}
