package emulator

import (
	"bytes"
	"net/http"
	"strconv"
	"time"
)

const (
	hugeBody      = 64 << 20 // minimum size of the padding of a huge body
	trickleEvery  = time.Second
	paddingAtOnce = 1 << 20
)

// closeConnection closes the connection without a further response.
func closeConnection(http.ResponseWriter, *http.Request, *injected, reply) {
	panic(http.ErrAbortHandler) // the documented way to abort a response in net/http
}

// hang waits until the client gives up, the server shuts down, or the fault is removed.
func hang(w http.ResponseWriter, r *http.Request, f *injected, answer reply) {
	f.wait(r, nil)
	closeConnection(w, r, f, answer)
}

// wait waits for a value from over, and reports whether it arrived before the request ended. A nil channel never has a value.
func (f *injected) wait(r *http.Request, over <-chan time.Time) bool {
	select {
	case <-over:
		return true
	case <-r.Context().Done():
	case <-f.removed:
	}
	return false
}

func cut(w http.ResponseWriter, r *http.Request, f *injected, answer reply) {
	half := answer.announced(w)
	_, _ = w.Write(half.body[:len(half.body)/2])
	_ = http.NewResponseController(w).Flush() // a response that cannot be flushed is cut before it begins
	closeConnection(w, r, f, answer)
}

func trickle(w http.ResponseWriter, r *http.Request, f *injected, answer reply) {
	whole := answer.announced(w)
	tick := time.NewTicker(trickleEvery)
	defer tick.Stop()
	for i := range whole.body {
		_, _ = w.Write(whole.body[i : i+1])
		_ = http.NewResponseController(w).Flush()
		if !f.wait(r, tick.C) {
			closeConnection(w, r, f, answer)
		}
	}
}

// late sends the response after the delay.
func late(w http.ResponseWriter, r *http.Request, f *injected, answer reply) {
	if !f.wait(r, time.After(f.Delay)) {
		closeConnection(w, r, f, answer)
	}
	answer.write(w)
}

// lateBody sends the headers at once, and the body after the delay.
func lateBody(w http.ResponseWriter, r *http.Request, f *injected, answer reply) {
	whole := answer.announced(w)
	_ = http.NewResponseController(w).Flush() // if flushing fails, the headers are late as well
	if !f.wait(r, time.After(f.Delay)) {
		closeConnection(w, r, f, answer)
	}
	_, _ = w.Write(whole.body)
}

// announced writes the status, and headers with the length of the body.
func (a reply) announced(w http.ResponseWriter) reply {
	for name, values := range a.header {
		w.Header()[name] = values
	}
	if len(a.body) > 0 {
		w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	w.WriteHeader(a.status)
	return a
}

// pad sends blanks after the body, so that it is valid JSON for a client that reads to its end.
func pad(w http.ResponseWriter, r *http.Request, _ *injected, answer reply) {
	answer.write(w)
	if len(answer.body) == 0 || answer.status >= http.StatusMultipleChoices {
		return
	}
	blanks := bytes.Repeat([]byte(" "), paddingAtOnce)
	for sent := 0; sent <= hugeBody && r.Context().Err() == nil; sent += len(blanks) {
		if _, err := w.Write(blanks); err != nil {
			return
		}
	}
}
