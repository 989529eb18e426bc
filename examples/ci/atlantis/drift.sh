#!/bin/sh
# Reports drift of the configuration in the current directory. If there is drift, the exit status is 1. Run it every night from cron, in a checkout of main.
set -eu

export TF_IN_AUTOMATION=1 TF_INPUT=0
export TF_VAR_token=placeholder TF_VAR_signing_secret=placeholder
TALONIC_API_KEY=$(cat /run/secrets/talonic-read-key)
export TALONIC_API_KEY

terraform init
terraform plan -lock=false -refresh-only -out=drift.tfplan
terraform show -json drift.tfplan > drift.json
if grep -q '"resource_drift"' drift.json; then
  terraform show -no-color drift.tfplan
  exit 1
fi
