package talonic

import (
	"fmt"
	"net/http"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// Describe returns the content of Error in sentences, for diagnostics. The API's message is on separate lines.
func (e *Error) Describe() string {
	text := fmt.Sprintf("The API responded with %d", e.StatusCode)
	if name := http.StatusText(e.StatusCode); name != "" {
		text += " " + name
	}
	if e.Code != "" {
		text += " (" + e.Code + ")"
	}
	switch quoted := redact.Block(e.Message); quoted {
	case "":
		text += ".\n"
	default:
		text += ":\n\n" + quoted + "\n\n"
	}
	text += "Request: " + e.Method + " " + e.Path
	if e.RequestID != "" {
		text += ", request ID " + e.RequestID
	}
	return text + "."
}
