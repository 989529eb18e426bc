package talonic

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/time/rate"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

const (
	// DefaultBaseURL is the address of the API.
	DefaultBaseURL = "https://api.talonic.com"

	// DefaultTimeout limits one attempt, from dialing to the last byte of the body. The vendor's own clients use the same value.
	DefaultTimeout = 60 * time.Second

	// DefaultMaxRetries is the maximum number of retries after the first attempt.
	DefaultMaxRetries = 4

	// DefaultMaxRetryWait is the longest wait between two attempts. If the API asks for a longer wait, the daily quota is
	// probably exhausted: the request fails, and the error shows when the quota resets.
	DefaultMaxRetryWait = 60 * time.Second
)

// Client sends requests to the API with one API key. It is safe for concurrent use.
type Client struct {
	baseURL      string
	apiKey       string
	userAgent    string
	timeout      time.Duration
	maxRetries   int
	maxRetryWait time.Duration
	maxList      int // bytes
	transport    http.RoundTripper
	limiter      *rate.Limiter
	observe      func(context.Context, Exchange)
	now          func() time.Time
	random       func() float64
	known        *redact.Register // secrets that any client of the process has sent

	accounts *Accounts

	http         *retryablehttp.Client
	account      *account
	breaker      breaker
	destinations *collection[Destination]
	bindings     *collection[Binding]

	attemptPages, deadLetterPages pageLimit
}

// Option changes a setting of a [Client] from its default.
type Option func(*Client)

// WithUserAgent sets the User-Agent header.
func WithUserAgent(userAgent string) Option { return func(c *Client) { c.userAgent = userAgent } }

// WithTimeout limits one attempt of a request; see [DefaultTimeout].
func WithTimeout(d time.Duration) Option { return func(c *Client) { c.timeout = d } }

// WithMaxRetries sets the maximum number of retries of a request; see [DefaultMaxRetries]. 0 disables retries.
func WithMaxRetries(n int) Option { return func(c *Client) { c.maxRetries = n } }

// WithMaxRetryWait sets the longest wait between two attempts; see [DefaultMaxRetryWait].
func WithMaxRetryWait(d time.Duration) Option { return func(c *Client) { c.maxRetryWait = d } }

// WithRequestsPerSecond limits the average rate of requests. Without it, there is no limit.
func WithRequestsPerSecond(n float64) Option {
	return func(c *Client) { c.limiter = rate.NewLimiter(rate.Limit(n), max(1, int(n))) }
}

// WithAccounts makes a client share its knowledge of objects with all other clients that use a. All clients of a process should
// share one [Accounts], so that two clients with one API key do not adopt each other's objects.
func WithAccounts(a *Accounts) Option { return func(c *Client) { c.accounts = a } }

// WithRandom replaces the source of random numbers for backoff, so that tests are repeatable. random must return numbers in [0,
// 1).
func WithRandom(random func() float64) Option { return func(c *Client) { c.random = random } }

// WithObserver makes the client call f after every attempt, for logs. The [Exchange] contains no secret. The client may call f
// concurrently.
func WithObserver(f func(context.Context, Exchange)) Option { return func(c *Client) { c.observe = f } }

// WithTransport replaces the connection to the API, for tests.
func WithTransport(t http.RoundTripper) Option { return func(c *Client) { c.transport = t } }

// New returns a client for the API at baseURL. It sends no request. It returns an error if baseURL fails [ParseBaseURL], or if
// apiKey is empty or contains white space, control characters or characters outside ASCII.
func New(baseURL, apiKey string, options ...Option) (*Client, error) {
	base, err := ParseBaseURL(baseURL)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(apiKey) == "" {
		return nil, errors.New("the API key is empty")
	}
	if found := text.Control(apiKey); found != "" {
		return nil, errors.New("the API key " + found)
	}
	if strings.ContainsFunc(apiKey, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, errors.New("the API key contains white space or a character outside ASCII")
	}
	c := &Client{
		baseURL:      strings.TrimRight(base.String(), "/"),
		apiKey:       apiKey,
		timeout:      DefaultTimeout,
		maxRetries:   DefaultMaxRetries,
		maxRetryWait: DefaultMaxRetryWait,
		maxList:      maxList,
		transport:    newTransport(),
		limiter:      rate.NewLimiter(rate.Inf, 0),
		observe:      func(context.Context, Exchange) {},
		now:          time.Now,
		random:       rand.Float64,
		known:        redact.Process,
	}
	for _, option := range options {
		option(c)
	}
	if c.accounts == nil {
		c.accounts = &Accounts{}
	}
	c.account = c.accounts.account(c.baseURL, apiKey)
	c.known.AddPublic(append(authTypes, c.baseURL)...)
	c.known.Add(apiKey)
	c.known.Add(proxyPasswords()...)
	c.http = &retryablehttp.Client{
		HTTPClient:   c.newHTTPClient(),
		RetryMax:     c.maxRetries,
		CheckRetry:   c.checkRetry,
		Backoff:      c.backoff,
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
	c.destinations = newCollection[Destination](c, "destination", destinationsPath, Destination.isDuplicateOf)
	c.bindings = newCollection[Binding](c, "binding", bindingsPath, Binding.isDuplicateOf)
	return c, nil
}

// ParseBaseURL parses the address of an API. It returns an error unless the address is an absolute http or https URL without
// credentials, query, fragment or a trailing /v1.
func ParseBaseURL(s string) (*url.URL, error) {
	if found := text.Control(s); found != "" {
		return nil, errors.New("the base URL " + found)
	}
	if strings.Contains(s, " ") {
		return nil, errors.New("the base URL contains white space")
	}
	u, err := url.Parse(s)
	switch {
	case err != nil:
		return nil, errors.New("the base URL cannot be parsed; it must be absolute, such as " + DefaultBaseURL)
	case u.Scheme != "https" && u.Scheme != "http", u.Hostname() == "":
		return nil, errors.New("the base URL must be absolute, such as " + DefaultBaseURL)
	case u.User != nil:
		return nil, errors.New("the base URL must not contain a user name or a password")
	case u.RawQuery != "", u.ForceQuery, u.Fragment != "":
		return nil, errors.New("the base URL must not have a query or a fragment")
	case strings.HasSuffix(strings.TrimRight(u.Path, "/"), "/v1"):
		return nil, errors.New("the base URL must not end in /v1, because the provider adds /v1 to every request")
	}
	return u, nil
}

// call is one logical request, regardless of the number of attempts.
type call struct {
	method  string
	path    string   // escaped, starting with /v1
	body    any      // nil: no body is sent
	secrets []string // values in body that no text may contain
	public  any      // parts of body that the API may return
	hide    func() scrubber

	// result is the target into which the body of a success is decoded. check returns an error if the decoded result does not
	// match the request. mayBeEmpty allows an empty body, which leaves result unchanged. mayBeText allows a body that is not JSON
	// and decodes it like a JSON string; an HTML page is still an error, because it does not come from the API.
	result     any
	check      func() error
	mayBeEmpty bool
	mayBeText  bool

	// idempotencyKey makes the API treat calls with the same key as one call. If it is empty, send generates a new key.
	idempotencyKey string

	// nonIdempotent reports that a second execution would do harm, as for a create. Such a call is retried only if the first
	// attempt certainly had no effect.
	nonIdempotent bool

	effects *effects // of the attempts so far; set by send

	// Hooks, each of which may be nil: sending is called before each attempt, dated with the clock sample of each response, and
	// refused after each attempt that was sent but certainly had no effect. answered is called with the request ID of a success, which may be
	// empty.
	sending  func(at time.Time)
	dated    func(clockSample)
	refused  func()
	answered func(requestID string)
}

// send sends a call, retries it as the retry policy allows, and decodes the last response. All requests to the API go through it.
// It returns an [*Error] for a response that is not a success, an [*UnexpectedBodyError] for a successful response with an
// unexpected body, an [*OutcomeUnknownError] if a non-idempotent call failed but may have had an effect, and a [*StoppedError] if
// an earlier failure stopped the call.
func (c *Client) send(ctx context.Context, r call) (err error) {
	c.known.Add(r.secrets...)
	c.known.AddPublicValue(r.public)
	r.hide = func() scrubber { return scrubber{c.known} }
	r.effects = &effects{}
	defer func() {
		if err != nil {
			err = r.hide().error(err)
		}
		err = c.breaker.note(r, err, c.maxRetryWait, c.now())
	}()

	if err := ctx.Err(); err != nil {
		return failedCall(r, err)
	}
	if stopped := c.breaker.refuses(r, c.now()); stopped != nil {
		return stopped
	}
	request, err := c.newRequest(withCall(ctx, r), r)
	if err != nil {
		return err
	}
	response, err := c.http.Do(request)
	if err != nil {
		return failedCall(r, err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return failedCall(r, err)
	}
	if !succeeded(response.StatusCode) {
		return rejectedCall(r, r.hide().apiError(r.withoutValues(newError(r, response, body, c.now()))))
	}
	if r.answered != nil {
		r.answered(r.hide().word(requestIDForm, response.Header.Get(requestIDHeader)))
	}
	if err := r.decode(body); err != nil {
		return failedCall(r, unexpectedBody(r, response, err))
	}
	return nil
}

// decode decodes the body of a success.
func (r call) decode(body []byte) error {
	trimmed := bytes.TrimSpace(body)
	switch {
	case len(trimmed) == 0 && r.mayBeEmpty:
		return nil
	case len(trimmed) == 0:
		return errors.New("it is empty")
	case bytes.HasPrefix(trimmed, []byte("<")):
		return errors.New("it is an HTML page")
	case r.mayBeText && !json.Valid(body):
		body, _ = json.Marshal(string(trimmed)) // a string can always be encoded
	}
	if err := decodeJSON(body, r.result); err != nil {
		return err
	}
	_, freely := r.result.(*any)
	if _, inParts := r.result.(interface{ checksKeys() }); !inParts {
		if err := checkKeys(body, freely); err != nil {
			return err
		}
	}
	r.hide().screenResult(r.result)
	return r.check()
}

func succeeded(status int) bool { return status >= 200 && status <= 299 }

func (c *Client) newRequest(ctx context.Context, r call) (*retryablehttp.Request, error) {
	if err := checkPath(r.path); err != nil {
		return nil, fmt.Errorf("%s %s: %w", r.method, r.shownPath(), err)
	}
	var body any
	if r.body != nil {
		encoded, err := json.Marshal(r.body)
		if err != nil {
			return nil, fmt.Errorf("%s %s: the request cannot be encoded as JSON: %w", r.method, r.shownPath(), err)
		}
		body = encoded
	}
	request, err := retryablehttp.NewRequestWithContext(ctx, r.method, c.baseURL+r.path, body)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", r.method, r.shownPath(), err)
	}
	request.Header.Set("Authorization", "Bearer "+c.apiKey)
	request.Header.Set("Accept", "application/json")
	if r.body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if c.userAgent != "" {
		request.Header.Set("User-Agent", c.userAgent)
	}
	if r.method == http.MethodPost {
		request.Header.Set("Idempotency-Key", firstOf(r.idempotencyKey, uuid.NewString()))
	}
	return request, nil
}

// checkPath returns an error unless every segment of a path can be an ID. Otherwise an ID such as ".." could turn the path into
// the path of a different object. Escaping is not sufficient, because a gateway may unescape a path and then clean it.
func checkPath(path string) error {
	path, _, _ = strings.Cut(path, "?")
	for segment := range strings.SplitSeq(path[1:], "/") {
		if plain, err := url.PathUnescape(segment); err != nil || !validID(plain) {
			return errNotAnID
		}
	}
	return nil
}

// decodeJSON decodes one JSON value and rejects anything after it. Numbers keep their digits, so that values can be sent back
// unchanged.
func decodeJSON(body []byte, into any) error {
	decoder := newDecoder(body)
	if err := decoder.Decode(into); err != nil {
		return describeJSONError(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is text after the JSON value")
	}
	return nil
}

func newDecoder(body []byte) *json.Decoder {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	return decoder
}

// describeJSONError describes why a body cannot be decoded. It does not quote the body, which may echo the request.
func describeJSONError(err error) error {
	var (
		wrongType *json.UnmarshalTypeError
		syntax    *json.SyntaxError
	)
	switch {
	case errors.As(err, &wrongType) && wrongType.Field != "":
		return fmt.Errorf("its %q is a JSON %s", strings.TrimPrefix(wrongType.Field, "plain."), wrongType.Value)
	case errors.As(err, &wrongType):
		return fmt.Errorf("it is a JSON %s", wrongType.Value)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return errors.New("the JSON is truncated")
	case errors.As(err, &syntax):
		return errors.New("it is not JSON")
	}
	return err
}

// Adopted reports whether this process adopted an object as the result of a create whose response was lost. In a replacement with
// create_before_destroy, the adopted object may be the old object that is destroyed next, because the CLI does not tell the
// provider at apply which objects are in state.
func (c *Client) Adopted(id string) bool { return c.account.known.isAdopted(id) }
