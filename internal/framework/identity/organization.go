package identity

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// ownerKey is the key of an [owner] in private state.
var ownerKey = privatestate.Key{
	Name:    "customer",
	Without: "Until the next refresh, Terraform cannot tell whether the API key belongs to the organization of the object.",
}

// owner records which organization an object belongs to.
type owner struct {
	CustomerID string `json:"id"`
}

// Check returns an error if this provider cannot have written the record. It also validates the customer_id from a response, because
// diagnostics quote it.
func (o owner) Check() error {
	if len(o.CustomerID) > 100 || strings.ContainsFunc(o.CustomerID, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return errors.New("it is no customer_id")
	}
	return nil
}

// RecallOwner returns the customer_id of an object's organization; empty if it is unknown. It removes a damaged record, because the next
// refresh writes a new one from the API's response.
func RecallOwner(ctx context.Context, from privatestate.State, label string) (customerID string, diags diag.Diagnostics) {
	record, found, diags := privatestate.Recall[owner](ctx, from, label, ownerKey)
	if found == privatestate.Damaged {
		diags.Append(privatestate.Forget(ctx, from, ownerKey)...)
	}
	return record.CustomerID, diags
}

// RememberOwner stores the customer_id from a response. If customerID is empty or malformed, the stored customer_id stays.
func RememberOwner(ctx context.Context, to privatestate.State, customerID string) diag.Diagnostics {
	record := owner{customerID}
	if customerID == "" || record.Check() != nil {
		return nil
	}
	return privatestate.Remember(ctx, to, ownerKey, record)
}

// Organization determines the organization of an API key from the objects that the API returns for this key. It is safe for concurrent use. A
// nil Organization knows no organization.
type Organization struct {
	client *talonic.Client

	mu     sync.Mutex
	seen   map[string]bool // customer_id of every object that the API has returned
	listed bool
}

// NewOrganization returns the organization of the client's API key. It sends no request.
func NewOrganization(client *talonic.Client) *Organization {
	return &Organization{client: client, seen: map[string]bool{}}
}

// Saw records the customer_id of an object that the API has returned.
func (o *Organization) Saw(customerID string) {
	if o == nil {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.note(customerID)
}

// Disowns returns an error if an object that the API does not find belongs to a different organization than the API key, or if the provider
// cannot determine that. It returns nil if the object can be treated as gone. It sends at most one list request per run, and only if
// customerID is known.
func (o *Organization) Disowns(ctx context.Context, doing apidiag.Operation, s apidiag.Subject, customerID string) diag.Diagnostic {
	if o == nil || customerID == "" {
		return nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	title := fmt.Sprintf("Cannot %s delivery %s", doing, s.Noun)
	if !o.seen[customerID] && !o.listed {
		if err := o.list(ctx); err != nil {
			return diag.NewErrorDiagnostic(title, s.About(fmt.Sprintf("The API did not find the %s, which belongs to the organization with "+
				"the customer_id %q. The provider could not determine whether the API key belongs to the same organization. Nothing was changed, and the "+
				"state is kept.\n\n%s", s.Noun, customerID, s.Detail(err, ""))))
		}
	}
	if o.seen[customerID] || len(o.seen) == 0 {
		return nil
	}
	return diag.NewErrorDiagnostic(title, s.About(fmt.Sprintf("The API did not find the %s, which belongs to the organization with the customer_id %q. The API key belongs to a "+
		"different organization: it can read the objects of %s. Nothing was changed, and the state is kept.\n\n%s If the %s was deleted, remove it "+
		"from state with 'terraform state rm <address>'.",
		s.Noun, customerID, quotedList(o.seen), apidiag.CheckAPIKey, s.Noun)))
}

// Confirms reports whether the API key certainly belongs to the organization with this customer_id.
func (o *Organization) Confirms(customerID string) bool {
	if o == nil {
		return false
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.seen[customerID]
}

// Absent interprets err, the API's report that a refreshed object does not exist. gone is false if the object belongs to a different
// organization than the API key. owner is the recorded customer_id of the object.
func (o *Organization) Absent(ctx context.Context, s apidiag.Subject, owner string, err error) (reported diag.Diagnostic, gone bool) {
	if problem := o.Disowns(ctx, apidiag.Reading, s, owner); problem != nil {
		return problem, false
	}
	return s.Gone(err, o.Confirms(owner)), true
}

// Present records shown, the organization of a refreshed object according to the API. It returns an error if shown differs from owner;
// otherwise nil.
func (o *Organization) Present(s apidiag.Subject, owner, shown string) diag.Diagnostic {
	if problem := OrganizationChanged(s, owner, shown); problem != nil {
		return problem
	}
	o.Saw(shown)
	return nil
}

// list reads all destinations or, if there are none, all bindings.
func (o *Organization) list(ctx context.Context) error {
	destinations, err := o.client.CachedDestinations(ctx)
	if err != nil {
		return err
	}
	for _, d := range destinations {
		o.note(d.CustomerID)
	}
	if len(destinations) == 0 {
		bindings, err := o.client.CachedBindings(ctx)
		if err != nil {
			return err
		}
		for _, b := range bindings {
			o.note(b.CustomerID)
		}
	}
	o.listed = true
	return nil
}

func (o *Organization) note(customerID string) {
	if customerID != "" && (owner{customerID}).Check() == nil {
		o.seen[customerID] = true
	}
}

// OrganizationChanged returns an error if an object belongs to a different organization than before. It returns nil if the organization is the
// same, or if before or now is unknown.
func OrganizationChanged(s apidiag.Subject, before, now string) diag.Diagnostic {
	if before == "" || now == "" || before == now || (owner{now}).Check() != nil {
		return nil
	}
	return diag.NewErrorDiagnostic(fmt.Sprintf("Delivery %s belongs to a different organization", s.Noun),
		s.About(fmt.Sprintf("The %[4]s belonged to the organization with the customer_id %[1]q at the last refresh, but the API now returns the "+
			"customer_id %[2]q. Nothing was changed, and the state is kept.\n\n%[3]s If the %[4]s has moved to the other organization, remove it from state "+
			"with 'terraform state rm <address>', and import it again.", before, now, apidiag.CheckAPIKey, s.Noun)))
}

// quotedList returns a few of the IDs, quoted.
func quotedList(ids map[string]bool) string {
	const most = 3
	var quoted []string
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		quoted = append(quoted, fmt.Sprintf("%q", id))
	}
	if more := len(quoted) - most; more > 0 {
		quoted = append(quoted[:most], fmt.Sprintf("%d more", more))
	}
	return strings.Join(quoted, ", ")
}
