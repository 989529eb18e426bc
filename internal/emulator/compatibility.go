package emulator

var (
	knownSignal      = oneOf(itemNames(signalItems(Behavior{}))...)
	knownDeliverable = oneOf(itemNames(deliverableItems(Behavior{}))...)
	knownSerializer  = oneOf(itemNames(serializerItems(Behavior{}))...)
	sparse           = oneOf(omitAbsent, distinguish)
	sparseFormat     = oneOf("json", "ndjson")
)

// incompatible returns the problems that prevent a binding from routing: the six documented conditions, by number, and two rules
// about resolver_config. It assumes that each field is valid by itself.
//
// API docs: Bindings; Create Binding.
func (e *Emulator) incompatible(b binding) problems {
	var (
		found    problems
		event, _ = b.SignalFilter["event_type"].(string)
		d, known = deliverableNamed(b.DeliverableType)
		target   = e.find(b.DestinationID)
	)
	if !knownSignal.accepts(event) {
		found.wrong("signal_filter.event_type", knownSignal.wording) // condition 1
	}
	if !known {
		found.wrong("deliverable_type", knownDeliverable.wording) // condition 2
	}
	if !knownSerializer.accepts(b.SerializerFormat) {
		found.wrong("serializer_format", knownSerializer.wording) // condition 3
	}
	if target == nil {
		found.wrong("destination_id", "the id of a destination") // assumption: this is a 400, not a 404
	}
	if len(found) > 0 {
		return found
	}

	if formats := oneOf(serializersFor(d.Shape.Kind)...); !formats.accepts(b.SerializerFormat) {
		found.wrong("serializer_format", formats.wording+" for the shape of this deliverable_type") // condition 4
	}
	supported := target.connector().capabilities.SupportedSerializers // nil for a type that is not in the catalog
	if formats := oneOf(supported...); supported != nil && !formats.accepts(b.SerializerFormat) {
		found.wrong("serializer_format", formats.wording+" for the type of this destination") // condition 5
	}
	if events := oneOf(d.CompatibleSignals...); len(d.CompatibleSignals) == 0 {
		found.wrong("deliverable_type", "one that is compatible with a signal") // condition 6
	} else if !events.accepts(event) {
		found.wrong("signal_filter.event_type", events.wording+" for this deliverable_type") // condition 6
	}

	found.check("resolver_config.", b.ResolverConfig, resolverConfigFields)
	if sparse.accepts(b.ResolverConfig["null_handling"]) && !sparseFormat.accepts(b.SerializerFormat) {
		found.wrong("resolver_config.null_handling", alwaysNull+" where serializer_format is not "+sparseFormat.wording)
	}
	return found
}
