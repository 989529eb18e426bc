package apidiag

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

func TestNextStep(t *testing.T) {
	t.Parallel()
	const (
		id        = "Check the id"
		planAgain = "plan again"
		exists    = "It seems to exist already"
		correct   = "Nothing was changed"
		outcome   = `"erp" in the dashboard`
		always    = Operation("")
	)
	said := func(status int) error { return &talonic.Error{StatusCode: status, Gone: status == http.StatusNotFound} }
	foreign := &talonic.Error{StatusCode: http.StatusNotFound}
	erp := Subject{Noun: "destination", Name: "erp", ID: "5b0f"}
	for _, test := range []struct {
		doing Operation
		err   error
		want  string // "": none
	}{
		{Importing, said(http.StatusNotFound), id},
		{Reading, said(http.StatusNotFound), planAgain},
		{Creating, said(http.StatusNotFound), "Nothing was created"},
		{Updating, said(http.StatusNotFound), planAgain},
		{Creating, foreign, "Nothing was created"},
		{Reading, foreign, "taken to exist"},
		{Importing, foreign, "taken to exist"},
		{Deleting, foreign, "taken to exist"},
		{Creating, said(http.StatusConflict), exists},
		{Creating, said(http.StatusBadRequest), correct},
		{Updating, said(http.StatusBadRequest), correct},
		{Creating, said(http.StatusUnprocessableEntity), correct},
		{Updating, said(http.StatusUnprocessableEntity), correct},
		{Reading, said(http.StatusBadRequest), ""},
		{Deleting, said(http.StatusBadRequest), ""},
		{Creating, said(http.StatusFound), ""},
		{always, said(http.StatusUnauthorized), ""}, // the general next step is enough
		{always, said(http.StatusForbidden), ""},
		{always, said(http.StatusTooManyRequests), ""},
		{always, said(http.StatusInternalServerError), ""},
		{Reading, errors.New("no connection"), ""},
		{Updating, errors.New("no connection"), "may have taken effect"},
		{Deleting, errors.New("no connection"), "may have taken effect"},
		{Updating, context.Canceled, ""},
		{Reading, &talonic.UnexpectedBodyError{StatusCode: 200}, ""},
		{Creating, &talonic.OutcomeUnknownError{Cause: errors.New("no connection")}, outcome},
		{Creating, &talonic.OutcomeUnknownError{Cause: said(http.StatusBadGateway)}, outcome},
	} {
		operations := []Operation{test.doing}
		if test.doing == always {
			operations = []Operation{Creating, Reading, Updating, Deleting, Importing}
		}
		for _, doing := range operations {
			got := erp.nextStep(doing, test.err)
			if !strings.Contains(got, test.want) || test.want == "" && got != "" {
				t.Errorf("%s, %v: %q, want %q", doing, test.err, got, test.want)
			}
		}
	}
}
