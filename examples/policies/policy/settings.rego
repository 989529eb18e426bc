# Settings of the policies. Edit this file.
package talonic.settings

# Glob patterns of the workspaces to which the policies for production apply. "default" is included, because it is the only workspace
# if you do not use workspaces.
production_workspaces := {"default", "prod", "prod-*", "production", "production-*"}

# Label of a pull request that approves the deletion or replacement of destinations that have bindings.
approval_label := "approved-destroy"

# Bounds of payload_cap_bytes. If the argument is omitted, the policy checks the API's default of 5 MiB.
payload_cap_bytes := {"min": 65536, "max": 10485760}
