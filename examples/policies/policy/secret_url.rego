# A URL that looks like a secret is in url_wo, because state and plans show the values of ordinary arguments. Messages do not repeat the URL.
package talonic.policies.secret_url

import data.talonic.plan

deny contains sprintf("%s has a URL that looks like a secret. Use a credential block, or a write-only URL.", [resource.address]) if {
	some resource in plan.destinations
	some url in plan.urls(resource)
	secret(url)
}

# Webhooks of services that authenticate a caller only by the URL.
secret(url) if {
	some service in [
		`(hooks\.slack|hooks\.slack-gov|hooks\.zapier|hook\.make|hook\.integromat|hook\.[a-z0-9-]+\.make)\.com`,
		`[a-z0-9.-]+\.(logic\.azure|webhook\.office|powerplatform)\.com`,
		`([a-z0-9-]+\.)?discord(app)?\.com/api/webhooks`,
	]
	regex.match(sprintf(`^(?i)https?://%s(:[0-9]+)?/`, [service]), url)
}

# Query parameters whose names look like credentials.
secret(url) if regex.match(
	`(?i)[?&](([^=&]*[-_])?(signature|token|secret|key)|[^=&]*apikey|sig|code|password)=[^&#]`,
	url,
)

# A long path segment that mixes upper case, lower case and digits, or has only hexadecimal digits, may be a secret. A UUID has hyphens.
secret(url) if {
	some part in split(regex.replace(url, `[?#].*`, ""), "/")
	regex.match(`^[A-Za-z0-9_~-]{20,}$`, part)
	every pattern in [`[A-Z]`, `[a-z]`, `[0-9]`] {
		regex.match(pattern, part)
	}
}

secret(url) if regex.match(`(?i)/[0-9a-f]{32,}(/|[?#]|$)`, url)
