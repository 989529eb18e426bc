package talonic.policies.unjudged_test

import data.talonic.fixtures_test as fixtures
import data.talonic.policies.unjudged

unknown(after_unknown) := fixtures.plan([object.union(fixtures.creates({}), {"change": {"after_unknown": after_unknown}})])

test_unknown_values_are_named if {
	every after_unknown in [
		{"deletion_policy": true}, {"payload_cap_bytes": true},
		{"webhook": [{"url": true}]}, {"s3": [{"public_read": true}]}, {"custom": [{"config": true}]},
	] {
		count(unjudged.warn) == 1 with input as unknown(after_unknown)
	}
}

test_known_values_are_not if {
	count(unjudged.warn) == 0 with input as unknown({"id": true, "is_active": true, "webhook": [{"headers": true}]})
	count(unjudged.warn) == 0 with input as fixtures.plan([fixtures.webhook("https://a.example.com")])
}

test_write_only_url_is_named if {
	destination := fixtures.creates({"webhook": [{"url": null, "url_wo": null}]})
	unjudged.warn == {"talonic_delivery_destination.a has a write-only URL, which no plan shows. No policy has checked it."} with input as fixtures.plan([destination])
}
