package talonic.policies.public_read_test

import data.talonic.fixtures_test as fixtures
import data.talonic.policies.public_read

test_public_read_is_denied if count(public_read.deny) == 1 with input as fixtures.plan([fixtures.creates({"s3": [{"public_read": true}]})])

test_public_read_in_config_of_custom_is_denied if {
	count(public_read.deny) == 1 with input as fixtures.plan([fixtures.creates({"custom": [{"config": `{"public_read": true}`}]})])
}

test_private_bucket_passes if {
	every value in [false, null] {
		count(public_read.deny) == 0 with input as fixtures.plan([fixtures.creates({"s3": [{"public_read": value}]})])
	}
}
