package destination

import (
	"strings"
	"testing"
)

func TestJudgeBucket(t *testing.T) {
	t.Parallel()
	judged(t, judgeBucket,
		[]string{"abc", "a1c", "acme-inbox", "acme.in.box", "1-2", "0.0", "192.168.5.4.example", "1.2.3", strings.Repeat("a", 63)},
		[]string{
			"ab", strings.Repeat("a", 64), "Acme", "acme_inbox", "acme..inbox", ".acme", "acme.", "-acme", "acme-", "192.168.5.4", "acme inbox",
			"s3://acme", "acme/inbox", "arn:aws:s3:::acme", "bücher", "acme\n",
		})
	for _, name := range []string{"s3://acme", "acme/inbox", "arn:aws:s3:::acme"} {
		if problem := judgeBucket(name); !strings.Contains(problem, "bare name") {
			t.Errorf("%s: %s", name, problem)
		}
	}
}

func TestJudgeRegion(t *testing.T) {
	t.Parallel()
	judged(t, judgeRegion,
		[]string{"eu-central-1", "us-east-1", "ap-southeast-7", "us-gov-west-1", "cn-northwest-1", "us-iso-east-1", "us-isob-east-1", "eusc-de-east-1", "us-east-10"},
		[]string{"Frankfurt", "eu-central", "EU-CENTRAL-1", "eu-central-1a", "eu_central_1", "eu-central-1 ", "-central-1", "eu-1", "global", "eu-central-1\n"})
}
