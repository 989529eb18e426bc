package talonic.policies.pinned_test

import data.talonic.fixtures_test as fixtures
import data.talonic.policies.pinned

plan_with(values) := fixtures.plan([fixtures.creates(values)])

test_credentials_that_are_not_pinned_are_denied if {
	every flag in ["has_auth_config", "has_signing_secret"] {
		count(pinned.deny) == 1 with input as plan_with({flag: true, "credentials_wo_version": null})
	}
}

test_pinned_credentials_pass if count(pinned.deny) == 0 with input as plan_with({"has_auth_config": true, "credentials_wo_version": 1})

test_version_known_after_apply_passes if count(pinned.deny) == 0 with input as plan_with({"has_auth_config": true})

test_destination_without_credentials_passes if {
	count(pinned.deny) == 0 with input as plan_with({"has_auth_config": false, "is_active": true, "credentials_wo_version": null})
}

test_workspaces if {
	plan := plan_with({"has_auth_config": true, "credentials_wo_version": null})
	every workspace in [null, 1, "default", "prod", "prod-eu", "production", "production-eu"] {
		count(pinned.deny) == 1 with input as plan with data.review as {"workspace": workspace}
	}
	every workspace in ["dev", "product-dev", "staging"] {
		count(pinned.deny) == 0 with input as plan with data.review as {"workspace": workspace}
	}
}
