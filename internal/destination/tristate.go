package destination

// answer is what is known to a question at plan time. The zero value is no.
type answer int

const (
	no answer = iota
	yes
	unknown
)

// answerOf is the answer that is known.
func answerOf(b bool) answer {
	if b {
		return yes
	}
	return no
}

// either is yes if one of the two is, and no only if both are.
func either(a, b answer) answer {
	switch {
	case a == yes || b == yes:
		return yes
	case a == unknown || b == unknown:
		return unknown
	}
	return no
}
