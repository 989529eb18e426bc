package apidiag

import "testing"

func TestFindKey(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text, key string
		want      bool
	}{
		{"name", "name", true},
		{"name must be", "name", true},
		{"the name", "name", true},
		{`"name"`, "name", true},
		{"config.name", "name", true},
		{"name.first", "name", true},
		{"/name/", "name", true},
		{"account_name", "name", false},
		{"name_of", "name", false},
		{"hostname", "name", false},
		{"names", "name", false},
		{"name2", "name", false},
		{"2name", "name", false},
		{"nameX", "name", false},
		{"name9", "name", false},
		{"zname", "name", false},
		{"aname", "name", false},
		{"nameZ", "name", false},
		{"nameA", "name", false},
		{"0name", "name", false},
		{"Name", "name", false},
		{"hostname and name", "name", true},
		{"names, names, name", "name", true},
		{"namename", "name", false},
		{"nam", "name", false},
		{"", "name", false},
		{"auth_config.url", "config.url", false},
		{"config.url", "config.url", true},
		{"config.urls", "config.url", false},
	} {
		if got := FindKey(test.text, test.key) >= 0; got != test.want {
			t.Errorf("%q in %q: %t, want %t", test.key, test.text, got, test.want)
		}
	}
}
