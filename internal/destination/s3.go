package destination

import (
	"fmt"
	"net/netip"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// s3 writes every delivery as an object in an Amazon S3 bucket.
var s3 = connector{
	name:        "s3",
	description: "Writes every delivery as an object in an Amazon S3 bucket. Needs a credential block when it is created.",
	arguments: []argument{
		required("bucket", "The bucket's name.", rule("Invalid bucket name", judgeBucket)),
		required("region", "The bucket's region, such as `eu-central-1`.", rule("Invalid region", judgeRegion)),
		optional("key_template", "The key of each object; "+templateTokens+" The API's default is `delivery/{date}/{event_id}`.", template{}).
			withDefault("delivery/{date}/{event_id}"),
		argument{name: "public_read", attribute: schema.BoolAttribute{
			Optional:            true,
			MarkdownDescription: "Whether everybody may read the objects (uploads with a `public-read` ACL). The API's default is not to.",
		}}.withDefault(false),
	},
	otherKeys:        additionalConfig,
	needsCredentials: true,
	credentials: []credentialBlock{{
		name:        "auth_access_key",
		kind:        "access_key",
		description: "Authenticates with an access key.",
		arguments: []credentialArgument{
			plain("access_key_id", schema.StringAttribute{Required: true, MarkdownDescription: "The id of the access key."}),
			needed("secret_access_key_wo", "The secret of the access key."),
			notNeeded("session_token_wo", "The session token of temporary credentials."),
		},
	}},
}

var bucketForm = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)

// judgeBucket applies Amazon's rules for the names of general purpose buckets.
func judgeBucket(name string) string {
	_, notAnAddress := netip.ParseAddr(name)
	switch {
	case strings.Contains(name, "/"), strings.Contains(name, ":"):
		return fmt.Sprintf("%q is not the bare name of a bucket: leave out s3://, the ARN, and any prefix (which belongs into key_template).", name)
	case !bucketForm.MatchString(name):
		return fmt.Sprintf("%q cannot be a bucket: names have 3 to 63 lower-case letters, digits, dots and hyphens, and begin and end with a letter or digit.", name)
	case strings.HasPrefix(name, "xn--"):
		return fmt.Sprintf("%q cannot be a bucket: names do not begin with xn--.", name)
	case strings.Contains(name, ".."):
		return fmt.Sprintf("%q cannot be a bucket: names do not have two dots in a row.", name)
	case notAnAddress == nil:
		return fmt.Sprintf("%q cannot be a bucket: names are not formatted as an IP address.", name)
	}
	return ""
}

var regionForm = regexp.MustCompile(`^[a-z]{2,}(-[a-z]+)+-\d+$`)

func judgeRegion(region string) string {
	if !regionForm.MatchString(region) {
		return fmt.Sprintf("%q is not the code of a region, such as eu-central-1.", region)
	}
	return ""
}
