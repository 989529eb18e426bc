package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"

	"github.com/google/uuid"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// maxCreated is the maximum number of resources that the benchmark creates with the CLI. The CLI writes the whole state once per
// resource, so a larger state would take hours; the benchmark makes it from the state of a single resource.
const maxCreated = 2000

// fill copies the only resource in a state and in the API, until there are n.
func fill(state string, n int, api *emulator.Emulator) error {
	content, err := os.ReadFile(state)
	if err != nil {
		return err
	}
	var document map[string]any
	if err := json.Unmarshal(content, &document); err != nil {
		return err
	}
	one, resource, err := onlyInstance(document)
	if err != nil {
		return err
	}
	stored := api.Destinations()
	instances := make([]map[string]any, n)
	for i := range instances {
		id, name := uuid.NewString(), fmt.Sprintf("hook-%d", i)
		attributes := copyOf(one["attributes"])
		attributes["id"], attributes["name"] = id, name
		if len(stored) > 0 {
			d := stored[0]
			d.ID, d.Name = id, name
			d.Config = copyOf(d.Config)
			d.Config["url"] = fmt.Sprintf("https://hooks.example.com/%d", i)
			api.Add(d)
			block, _ := attributes["webhook"].([]any)
			webhook := copyOf(block[0])
			webhook["url"] = d.Config["url"]
			attributes["webhook"] = []any{webhook}
		} else {
			attributes["id"] = name
		}
		instance := copyOf(one)
		instance["index_key"], instance["attributes"] = i, attributes
		if _, ok := instance["identity"]; ok {
			instance["identity"] = map[string]any{"id": id}
		}
		instances[i] = instance
	}
	resource["instances"] = instances
	for _, d := range stored {
		api.Remove(d.ID)
	}
	if content, err = json.Marshal(document); err != nil {
		return err
	}
	return os.WriteFile(state, content, 0o600)
}

func onlyInstance(document map[string]any) (instance, resource map[string]any, err error) {
	resources, _ := document["resources"].([]any)
	if len(resources) == 1 {
		resource, _ = resources[0].(map[string]any)
	}
	instances, _ := resource["instances"].([]any)
	if len(instances) != 1 {
		return nil, nil, errors.New("the state does not have one resource")
	}
	instance, _ = instances[0].(map[string]any)
	return instance, resource, nil
}

// copyOf copies a JSON object.
func copyOf(value any) map[string]any {
	original, _ := value.(map[string]any)
	return maps.Clone(original)
}
