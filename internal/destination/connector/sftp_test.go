package connector

import "testing"

// judged checks a validation function with valid and invalid values.
func judged(t *testing.T, judge func(string) string, valid, invalid []string) {
	t.Helper()
	for _, text := range valid {
		if problem := judge(text); problem != "" {
			t.Errorf("%q is refused: %s", text, problem)
		}
	}
	for _, text := range invalid {
		if judge(text) == "" {
			t.Errorf("%q is accepted", text)
		}
	}
}

func TestJudgeHost(t *testing.T) {
	t.Parallel()
	judged(t, validateHost,
		[]string{"sftp.example.com", "SFTP.example.com.", "localhost", "192.0.2.1", "2001:db8::1", "::1", "fe80::1%eth0", "xn--bcher-kva.example", "bücher.example"},
		[]string{
			"sftp://sftp.example.com", "sftp.example.com:22", "192.0.2.1:22", "[2001:db8::1]", "[2001:db8::1]:22", "user@sftp.example.com",
			"sftp.example.com/upload", " sftp.example.com", "sftp.example.com\n", "//sftp.example.com",
		})
}

func TestJudgeRemotePath(t *testing.T) {
	t.Parallel()
	judged(t, validateRemotePath,
		[]string{"/", "/upload", "/upload/talonic/", "/with space", "/ü"},
		[]string{"upload", "./upload", "../upload", "~/upload", " /upload", `C:\upload`, `\upload`})
}
