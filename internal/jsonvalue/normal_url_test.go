package jsonvalue_test

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

func TestNormalURL(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b string
		want bool // a and b are equivalent
	}{
		{"https://a.example", "https://a.example/", true},
		{"HTTPS://A.Example:443/x", "https://a.example/x", true},
		{"http://a.example:80", "http://a.example", true},
		{"https://[2001:DB8::1]:443/x", "https://[2001:db8::1]/x", true},
		{"https://a.example/a/../b/./c", "https://a.example/b/c", true},
		{"https://a.example/b/..", "https://a.example/", true},
		{"https://a.example/%7ex%c3%a4", "https://a.example/~x\u00e4", true},
		{"https://a.example/in?b=1&a=2", "https://a.example/in?a=2&b=1", true},
		{"https://a.example/in?a=1&a=2", "https://a.example/in?a=2&a=1", false},
		{"https://a.example/in?sig=%2f", "https://a.example/in?sig=%2F", true},
		{"https://a.example/in?sig=%2F", "https://a.example/in?sig=/", false},
		{"https://a.example/caf\u00e9?\u00e9", "https://a.example/cafe\u0301?e\u0301", true},
		{"https://a.example?q=1", "https://a.example/?q=1", true},
		{"https://a.example/in", "https://a.example/in/", false},
		{"https://a.example/in", "https://a.example/In", false},
		{"https://a.example/x%2Fy", "https://a.example/x/y", false},
		{"https://a.example//x", "https://a.example/x", false},
		{"https://a.example:8443/", "https://a.example/", false},
		{"https://a.example/#a", "https://a.example/#b", false},
		{"https://u@a.example/", "https://a.example/", false},
		{"http://a.example", "https://a.example", false},
		{"no URL", "no URL ", false},
	} {
		if got := jsonvalue.NormalURL(test.a) == jsonvalue.NormalURL(test.b); got != test.want {
			t.Errorf("%s is %s, %s is %s", test.a, jsonvalue.NormalURL(test.a), test.b, jsonvalue.NormalURL(test.b))
		}
		for _, text := range []string{test.a, test.b} {
			if once := jsonvalue.NormalURL(text); jsonvalue.NormalURL(once) != once {
				t.Errorf("%s becomes %s, which becomes %s", text, once, jsonvalue.NormalURL(once))
			}
		}
	}
	for _, text := range []string{"no URL", "ftp://A.example", "https://a.example/%zz", ""} {
		if got := jsonvalue.NormalURL(text); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	if jsonvalue.SameURL("no URL", "no URL") || jsonvalue.SameURL(nil, nil) || !jsonvalue.SameURL("https://a.example", "https://A.example/") {
		t.Error("SameURL is not about URLs")
	}
}
