package emulator

var (
	knownSignal      = oneOf(itemNames(signalItems(Behaviour{}))...)
	knownDeliverable = oneOf(itemNames(deliverableItems(Behaviour{}))...)
	knownSerializer  = oneOf(itemNames(serializerItems(Behaviour{}))...)
	sparse           = oneOf(omitAbsent, distinguish)
	sparseFormat     = oneOf("json", "ndjson")
)

// incompatible is what keeps a binding from routing: the predicates of section 6.3, by their numbers, and two rules of section
// 6.1. Every field is well-formed by itself, as far as the API has written it.
func (e *Emulator) incompatible(b binding) problems {
	var (
		found    problems
		event, _ = b.SignalFilter["event_type"].(string)
		d, known = deliverableNamed(b.DeliverableType)
		target   = e.find(b.DestinationID)
	)
	if !knownSignal.accepts(event) {
		found.wrong("signal_filter.event_type", knownSignal.wording) // 1
	}
	if !known {
		found.wrong("deliverable_type", knownDeliverable.wording) // 2
	}
	if !knownSerializer.accepts(b.SerializerFormat) {
		found.wrong("serializer_format", knownSerializer.wording) // 3
	}
	if target == nil {
		found.wrong("destination_id", "the id of a destination") // That it is a 400, not a 404, is assumed.
	}
	if len(found) > 0 {
		return found
	}

	if formats := oneOf(serializersFor(d.Shape.Kind)...); !formats.accepts(b.SerializerFormat) {
		found.wrong("serializer_format", formats.wording+" for the shape of this deliverable_type") // 4
	}
	supported := target.connector().capabilities.SupportedSerializers // nil for a type that is not in the catalog
	if formats := oneOf(supported...); supported != nil && !formats.accepts(b.SerializerFormat) {
		found.wrong("serializer_format", formats.wording+" for the type of this destination") // 5
	}
	if events := oneOf(d.CompatibleSignals...); len(d.CompatibleSignals) == 0 {
		found.wrong("deliverable_type", "one that is compatible with a signal") // 6
	} else if !events.accepts(event) {
		found.wrong("signal_filter.event_type", events.wording+" for this deliverable_type") // 6
	}

	found.check("resolver_config.", b.ResolverConfig, resolverConfigFields)
	if sparse.accepts(b.ResolverConfig["null_handling"]) && !sparseFormat.accepts(b.SerializerFormat) {
		found.wrong("resolver_config.null_handling", alwaysNull+" where serializer_format is not "+sparseFormat.wording)
	}
	return found
}
