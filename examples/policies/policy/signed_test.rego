package talonic.policies.signed_test

import data.talonic.fixtures_test as fixtures
import data.talonic.policies.signed

test_signed_webhook_passes if count(signed.deny) == 0 with input as fixtures.plan([fixtures.webhook("https://a.example.com")])

test_webhook_is_denied if {
	every flag in [{}, {"has_signing_secret": null}, {"has_signing_secret": false}] {
		destination := fixtures.creates(object.union(flag, {"webhook": [{"url": "https://a.example.com"}]}))
		signed.deny == {"talonic_delivery_destination.a is not signed, as far as the plan shows. Set signing_secret_wo."} with input as fixtures.plan([destination])
	}
}

test_other_connectors_pass if {
	count(signed.deny) == 0 with input as fixtures.plan([fixtures.creates({"s3": [{"bucket": "a"}]})])
}
