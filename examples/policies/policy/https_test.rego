package talonic.policies.https_test

import data.talonic.fixtures_test as fixtures
import data.talonic.policies.https

test_https_passes if count(https.deny) == 0 with input as fixtures.plan([fixtures.webhook("https://a.example.com")])

test_upper_case_passes if count(https.deny) == 0 with input as fixtures.plan([fixtures.webhook("HTTPS://a.example.com")])

test_http_is_denied if {
	https.deny == {"talonic_delivery_destination.a delivers to a URL that is not encrypted. Use https."} with input as fixtures.plan([fixtures.webhook("http://a.example.com")])
}

test_http_in_config_of_custom_is_denied if {
	destination := fixtures.creates({"custom": [{"config": `{"to": {"endpoint": "http://a.example.com"}}`}]})
	count(https.deny) == 1 with input as fixtures.plan([destination])
}

test_http_in_additional_config_is_denied if {
	destination := fixtures.creates({"webhook": [{"url": "https://a.example.com", "additional_config": `{"fallback_url": "HTTP://b"}`}]})
	count(https.deny) == 1 with input as fixtures.plan([destination])
}

test_other_resources_pass if {
	change := object.union(fixtures.webhook("http://a.example.com"), {"type": "other_webhook"})
	count(https.deny) == 0 with input as fixtures.plan([change])
}

test_deleted_destination_passes if {
	change := fixtures.changes("a", ["delete"], {"webhook": [{"url": "http://a.example.com"}]}, null)
	count(https.deny) == 0 with input as fixtures.plan([change])
}

test_data_sources_pass if {
	change := object.union(fixtures.webhook("http://a.example.com"), {"mode": "data"})
	count(https.deny) == 0 with input as fixtures.plan([change])
}
