package talonic.policies.destroy_test

import data.talonic.fixtures_test as fixtures
import data.talonic.policies.destroy

binding(module) := {"address": concat("", [module, "talonic_delivery_binding.b"]), "type": "talonic_delivery_binding", "values": {"destination_id": "id-1"}}

with_bindings(change) := object.union(fixtures.plan([change]), {"prior_state": {"values": {"root_module": {
	"resources": [binding("")],
	"child_modules": [{"resources": [binding("module.m.")]}],
}}}})

deletes(before) := fixtures.changes("a", ["delete"], object.union({"id": "id-1"}, before), null)

replaces(actions) := fixtures.changes("a", actions, {"id": "id-1"}, {"webhook": [], "s3": []})

test_delete_is_denied if {
	destroy.deny == {concat(" ", [
		"talonic_delivery_destination.a is deleted although it has bindings: module.m.talonic_delivery_binding.b, talonic_delivery_binding.b.",
		"To allow it, give the pull request the label approved-destroy.",
	])} with input as with_bindings(deletes({}))
}

test_both_orders_of_replacement_are_denied if {
	every actions in [["delete", "create"], ["create", "delete"]] {
		some message in destroy.deny with input as with_bindings(replaces(actions))
		contains(message, " is replaced ")
	}
}

test_label_allows_it if {
	count(destroy.deny) == 0 with input as with_bindings(deletes({})) with data.review as {"labels": ["other", "approved-destroy"]}
}

test_other_labels_do_not if {
	count(destroy.deny) == 1 with input as with_bindings(deletes({})) with data.review as {"labels": ["approved", "approved-destroy-not"]}
}

test_destination_without_bindings_passes if {
	count(destroy.deny) == 0 with input as with_bindings(deletes({"id": "id-2"}))
}

test_update_passes if count(destroy.deny) == 0 with input as with_bindings(replaces(["update"]))

test_removal_from_state_passes if {
	count(destroy.deny) == 0 with input as with_bindings(fixtures.changes("a", ["forget"], {"id": "id-1"}, null))
}

test_abandoned_destination_passes if count(destroy.deny) == 0 with input as with_bindings(deletes({"deletion_policy": "abandon"}))

test_other_deletion_policies_are_denied if {
	every policy in [null, "delete", "disable", "prevent"] {
		count(destroy.deny) == 1 with input as with_bindings(deletes({"deletion_policy": policy}))
	}
}

# A data source shows the bindings that another state manages.
test_bindings_of_a_data_source_count if {
	state := {"prior_state": {"values": {"root_module": {"resources": [{
		"address": "data.talonic_delivery_bindings.all",
		"type": "talonic_delivery_bindings",
		"values": {"bindings": [{"name": "Archive", "destination_id": "id-1"}]},
	}]}}}}
	some message in destroy.deny with input as object.union(fixtures.plan([deletes({})]), state)
	contains(message, "Archive (data.talonic_delivery_bindings.all)")
}

test_other_resources_pass if {
	every other in [{"type": "talonic_delivery_binding"}, {"mode": "data"}] {
		count(destroy.deny) == 0 with input as with_bindings(object.union(deletes({}), other))
	}
}

test_other_resources_are_no_bindings if {
	state := {"prior_state": {"values": {"root_module": {"resources": [
		{"address": "other.a", "type": "other", "values": {"destination_id": "id-1"}},
		{"address": "other.b", "type": "other", "values": {"bindings": [{"name": "a", "destination_id": "id-1"}]}},
	]}}}}
	count(destroy.deny) == 0 with input as object.union(fixtures.plan([deletes({})]), state)
}
