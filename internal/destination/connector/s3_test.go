package connector

import (
	"strings"
	"testing"
)

func TestJudgeBucket(t *testing.T) {
	t.Parallel()
	judged(t, validateBucket,
		[]string{"abc", "a1c", "acme-inbox", "acme.in.box", "Acme", "acme_inbox", "192.168.5.4", "arn:aws:s3:eu-central-1:1:accesspoint/acme"},
		[]string{"s3://acme", "acme/inbox", "acme\n", "https://acme.s3.amazonaws.com"})
}

// Names that Amazon no longer allows, or never did, only cause a warning, because such buckets may exist.
func TestDoubtBucket(t *testing.T) {
	t.Parallel()
	judged(t, bucketWarning,
		[]string{"abc", "a1c", "acme-inbox", "acme.in.box", "1-2", "0.0", "192.168.5.4.example", "1.2.3", strings.Repeat("a", 63), "s3://acme"},
		[]string{
			"ab", strings.Repeat("a", 64), "Acme", "acme_inbox", "acme..inbox", ".acme", "acme.", "-acme", "acme-", "192.168.5.4", "acme inbox",
			"arn:aws:s3:::acme", "b\u00fccher", "xn--acme",
		})
}

func TestDoubtRegion(t *testing.T) {
	t.Parallel()
	judged(t, regionWarning,
		[]string{"eu-central-1", "us-east-1", "ap-southeast-7", "us-gov-west-1", "cn-northwest-1", "us-iso-east-1", "us-isob-east-1", "eusc-de-east-1", "us-east-10"},
		[]string{"Frankfurt", "eu-central", "EU-CENTRAL-1", "eu-central-1a", "eu_central_1", "eu-central-1 ", "-central-1", "eu-1", "global", "eu-central-1\n"})
}
