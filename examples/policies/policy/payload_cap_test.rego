package talonic.policies.payload_cap_test

import data.talonic.fixtures_test as fixtures
import data.talonic.policies.payload_cap

denied(values) if {
	count(payload_cap.deny) == 1 with input as fixtures.plan([fixtures.creates(values)])
		with data.talonic.settings.payload_cap_bytes as {"min": 1000, "max": 2000}
}

test_bounds if {
	denied({"payload_cap_bytes": 999})
	not denied({"payload_cap_bytes": 1000})
	not denied({"payload_cap_bytes": 2000})
	denied({"payload_cap_bytes": 2001})
}

test_default_of_the_api_counts if denied({"payload_cap_bytes": null})

test_unknown_cap_passes if not denied({})

test_message if {
	payload_cap.deny == {"talonic_delivery_destination.a has a payload cap of 1 bytes. Set payload_cap_bytes between 65536 and 10485760."} with input as fixtures.plan([fixtures.creates({"payload_cap_bytes": 1})])
}
