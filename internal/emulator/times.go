package emulator

import "time"

// stampForm is the form of times in all examples in the API docs: UTC with milliseconds.
//
// API docs: Create Destination.
const stampForm = "2006-01-02T15:04:05.000Z"

func timestamp(t time.Time) string { return t.UTC().Format(stampForm) }

// of returns a time in this form.
func (f TimeForm) of(t time.Time) any {
	layout := stampForm
	switch f {
	case TimeSeconds:
		return t.Unix()
	case TimeEpochMillis:
		return t.UnixMilli()
	case TimeOffset:
		layout = "2006-01-02T15:04:05.000-0700"
	case TimeSpace:
		layout = "2006-01-02 15:04:05.000Z"
	case TimeNoZone:
		layout = "2006-01-02T15:04:05.000"
	case TimeDate:
		layout = time.DateOnly
	}
	return t.UTC().Format(layout)
}

// creation returns a created_at in this form, or nil if the form omits it.
func (f TimeForm) creation(t time.Time) any {
	if f == TimeAbsent {
		return nil
	}
	return f.of(t)
}
