package main_test

import data.main
import data.talonic.fixtures_test as fixtures

test_verdicts_name_their_policy if {
	some message in main.deny with input as fixtures.plan([fixtures.webhook("http://a.example.com")])
	endswith(message, " Use https. [https]")
}

test_good_plan_passes if {
	plan := fixtures.plan([fixtures.webhook("https://a.example.com")])
	count(main.deny) == 0 with input as plan with data.review as {"workspace": "dev"}
	count(main.warn) == 0 with input as plan with data.review as {"workspace": "dev"}
}

test_other_inputs_are_denied if {
	every other in [{}, {"values": {}}, {"format_version": "1.2", "resource_changes": []}] {
		count(main.deny) == 1 with input as other
	}
}

test_plan_with_errors_is_denied if count(main.deny) == 1 with input as object.union(fixtures.plan([]), {"errored": true})

test_warnings_name_their_policy if {
	change := object.union(fixtures.creates({}), {"change": {"after_unknown": {"payload_cap_bytes": true}}})
	some message in main.warn with input as fixtures.plan([change])
	endswith(message, " No policy has checked it. [unjudged]")
}
