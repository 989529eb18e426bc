package apidiag

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

func TestNextStep(t *testing.T) {
	t.Parallel()
	const (
		id        = "Check the ID"
		planAgain = "plan again"
		exists    = "may already exist. If it belongs to this configuration, import it"
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
		{Reading, foreign, "keeps it in state"},
		{Importing, foreign, "Nothing was imported"},
		{Deleting, foreign, "keeps it in state"},
		{Creating, said(http.StatusConflict), exists},
		{Updating, said(http.StatusConflict), "Nothing was changed. The update conflicts"},
		{Creating, said(http.StatusBadRequest), "Nothing was created"},
		{Updating, said(http.StatusBadRequest), "Nothing was changed"},
		{Creating, said(http.StatusUnprocessableEntity), "Nothing was created"},
		{Updating, said(http.StatusUnprocessableEntity), "Nothing was changed"},
		{Reading, said(http.StatusBadRequest), ""},
		{Deleting, said(http.StatusBadRequest), "Nothing was changed. If you think"},
		{Deleting, said(http.StatusConflict), "Nothing was changed. If you think"},
		{Disabling, said(http.StatusLocked), "Nothing was changed. If you think"},
		{Creating, said(http.StatusFound), ""},
		{always, said(http.StatusUnauthorized), ""}, // the general next step is enough
		{always, said(http.StatusForbidden), ""},
		{always, said(http.StatusTooManyRequests), ""},
		{Creating, said(http.StatusInternalServerError), ""},
		{Reading, said(http.StatusInternalServerError), ""},
		{Updating, said(http.StatusInternalServerError), "The update may have taken effect"},
		{Deleting, said(http.StatusInternalServerError), "The delete may have taken effect"},
		{Reading, errors.New("no connection"), ""},
		{Updating, errors.New("no connection"), "The update may have taken effect"},
		{Deleting, errors.New("no connection"), "The delete may have taken effect"},
		{Updating, fmt.Errorf("PUT /v1/x: %w", talonic.ErrBodyTooLarge), "A proxy or gateway may have responded"},
		{Disabling, os.ErrDeadlineExceeded, "increase request_timeout"},
		{Updating, context.Canceled, "interrupted, so the update may have taken effect"},
		{Reading, context.Canceled, ""},
		{Creating, context.Canceled, "Nothing was created. The run was interrupted."},
		{Updating, BeforeUpdate{errors.New("no connection")}, "Nothing was changed, because"},
		{Updating, BeforeUpdate{said(http.StatusBadGateway)}, "Nothing was changed, because"},
		{Updating, BeforeUpdate{said(http.StatusNotFound)}, "was deleted outside Terraform"},
		{Reading, &talonic.UnexpectedBodyError{StatusCode: 200}, ""},
		{Creating, &talonic.OutcomeUnknownError{Cause: errors.New("no connection")}, outcome},
		{Creating, &talonic.OutcomeUnknownError{Cause: said(http.StatusBadGateway)}, outcome},
		{Creating, &talonic.OutcomeUnknownError{Cause: errors.New("lost"), Lookup: said(http.StatusUnauthorized)}, "TALONIC_API_KEY. Look for " + outcome},
		{Creating, &talonic.OutcomeUnknownError{Cause: errors.New("lost"), Lookup: foreign}, "Check base_url"},
		{Creating, &talonic.OutcomeUnknownError{Cause: errors.New("lost"), Lookup: said(http.StatusBadGateway)}, "\n\nLook for " + outcome},
		{Creating, &talonic.OutcomeUnknownError{Cause: errors.New("lost"), Candidates: []string{"a"}}, "If it is yours, import it first"},
		{Creating, &talonic.OutcomeUnknownError{Cause: errors.New("lost"), Candidates: []string{"a", "b"}}, "Import the one that belongs"},
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
