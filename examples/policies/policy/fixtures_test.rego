# Plans for the tests of the policies, with as much in them as the policies read.
package talonic.fixtures_test

# plan is a plan with these changes.
plan(changes) := {"planned_values": {}, "resource_changes": changes}

# creates is the change that creates a destination with these values.
creates(values) := changes("a", ["create"], null, object.union({"webhook": [], "s3": [], "custom": []}, values))

# changes is a change of a destination.
changes(name, actions, before, after) := {
	"address": sprintf("talonic_delivery_destination.%s", [name]),
	"mode": "managed",
	"type": "talonic_delivery_destination",
	"change": {"actions": actions, "before": before, "after": after, "after_unknown": {}},
}

webhook(url) := creates({"has_signing_secret": true, "webhook": [{"url": url}]})
