# What a platform team decides once. Edit this file; the policies read it.
package talonic.settings

# Workspaces that the policies for production apply to, as glob patterns. "default" is among them, because it is the only workspace
# of anyone who does not use workspaces.
production_workspaces := {"default", "prod", "prod-*", "production", "production-*"}

# The label of a pull request that allows to delete or replace destinations that have bindings.
approval_label := "approved-destroy"

# Bounds of payload_cap_bytes. Without the argument, the API's default counts, which is 5 MiB.
payload_cap_bytes := {"min": 65536, "max": 10485760}
