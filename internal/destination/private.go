package destination

// The keys of private state.
const (
	configKey      = "config"      // remembered
	credentialsKey = "credentials" // sentRecord
)

// noun is what texts call the object.
const noun = "destination"
