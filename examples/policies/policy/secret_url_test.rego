package talonic.policies.secret_url_test

import data.talonic.fixtures_test as fixtures
import data.talonic.policies.secret_url

denied(url) if {
	secret_url.deny == {"talonic_delivery_destination.a has a URL that looks like a secret. Use a credential block, or a write-only URL."} with input as fixtures.plan([fixtures.webhook(url)])
}

test_secrets if {
	every url in [
		"https://hooks.slack.com/services/T000/B000/XXXX",
		"https://discord.com/api/webhooks/1/x",
		"https://ptb.discord.com/api/webhooks/1/x",
		"https://contoso.webhook.office.com/webhookb2/x",
		"https://prod-01.westeurope.logic.azure.com:443/workflows/x",
		"https://hook.eu1.make.com/x",
		"https://hooks.zapier.com/hooks/catch/1/x",
		"https://a.example.com/in?code=abc",
		"https://a.example.com/in?x=1&access_token=abc",
		"https://a.example.com/in?X-Amz-Signature=abc",
		"https://a.example.com/in/Zx81kP0qLm55TuVw77Ab",
		"https://a.example.com/0123456789abcdef0123456789abcdef",
	] {
		denied(url)
	}
}

test_ordinary_urls_pass if {
	every url in [
		"https://erp.example.com/hooks/talonic",
		"https://erp.example.com/hooks/talonic?tenant=12&version=2",
		"https://erp.example.com/hooks?token=",
		"https://erp.example.com/v2/delivery-notifications-production-2026",
		"https://erp.example.com/tenants/7d2f3c1e-0000-4000-8000-000000000000",
		"https://slack.example.com/services/x",
		"https://erp.example.com/Hooks2/Talonic",
		"https://hooks.slack.com.example.com/services/x",
	] {
		not denied(url)
	}
}

test_url_in_config_of_custom_is_denied if {
	destination := fixtures.creates({"custom": [{"config": `{"url": "https://a.example.com/?sig=x"}`}]})
	count(secret_url.deny) == 1 with input as fixtures.plan([destination])
}
