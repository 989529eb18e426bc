package connector

import (
	"net/netip"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// S3 describes the connector that writes every delivery as an object in an Amazon S3 bucket.
var S3 = Connector{
	Name:        "s3",
	description: "Amazon S3 bucket to which the API writes each delivery as an object. Requires a credential block when the destination is created.",
	Arguments: []argument{
		required("bucket", "Name of the bucket.", rule("Invalid bucket name", validateBucket), warning("Unusual bucket name", bucketWarning)),
		required("region", "Region of the bucket, such as `eu-central-1`.", warning("Unusual region", regionWarning)),
		optional("key_template", "Template for the key of each object, "+templateTokens+" Defaults to `delivery/{date}/{event_id}` (API default).", template{}).
			withAPIDefault("delivery/{date}/{event_id}"),
		argument{Name: "public_read", Attribute: schema.BoolAttribute{
			Optional:            true,
			MarkdownDescription: "Whether the API uploads objects with a `public-read` ACL, so that anyone can read them. Defaults to `false` (API default).",
		}}.withAPIDefault(false),
	},
	OtherKeys:        additionalConfig,
	NeedsCredentials: true,
	Credentials: []credentialBlock{{
		Name:        "auth_access_key",
		kind:        "access_key",
		description: "Access key authentication.",
		Arguments: []credentialArgument{
			nonSecret("access_key_id", schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "ID of the access key.",
				Validators:          []validator.String{ofKeyID},
			}),
			requiredSecret("secret_access_key_wo", "Secret access key. Required whenever the credentials are sent.", ofSecretKey),
			optionalSecret("session_token_wo", "Session token of temporary credentials. Required whenever temporary credentials are sent.", inHeader),
		},
	}},
}

var bucketForm = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)

// validateBucket rejects values that contain more than a bucket name.
func validateBucket(name string) string {
	switch {
	case text.Control(name) != "":
		return "The name " + text.Control(name) + "." + advice(text.Control(name))
	case strings.Contains(name, "://"), strings.Contains(name, "/") && !strings.HasPrefix(name, "arn:"):
		return "The value is not a bucket name. Remove s3:// and any prefix, and set the prefix in key_template."
	}
	return ""
}

// bucketWarning applies Amazon's naming rules for general purpose buckets. It returns only a warning, because access points, buckets created
// before 2018, and buckets of other vendors need not follow these rules.
func bucketWarning(name string) string {
	_, notAnAddress := netip.ParseAddr(name)
	problem := ""
	switch {
	case validateBucket(name) != "":
		return ""
	case strings.HasPrefix(name, "arn:"):
		problem = "is an ARN, not a name"
	case !bucketForm.MatchString(name):
		problem = "does not consist of 3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at both ends"
	case strings.HasPrefix(name, "xn--"):
		problem = "begins with xn--"
	case strings.Contains(name, ".."):
		problem = "contains two consecutive dots"
	case notAnAddress == nil:
		problem = "has the form of an IP address"
	default:
		return ""
	}
	return "The name " + problem + ". Amazon does not allow such names for new buckets.\n\nIf the bucket is old, or from another vendor, ignore this warning."
}

var regionForm = regexp.MustCompile(`^[a-z]{2,}(-[a-z]+)+-\d+$`)

// regionWarning returns only a warning, because Amazon adds regions and other vendors have their own.
func regionWarning(region string) string {
	if !regionForm.MatchString(region) {
		return "The region does not have the form of an Amazon region, such as eu-central-1. If the bucket is from another vendor, ignore this warning."
	}
	return ""
}
