import {
  intakeEvents,
  resolutionEvents,
  routingEvents,
  type IntakeData,
  type IntakeFact,
  type ResolutionData,
  type ResolutionFact,
  type RoutingData,
  type RoutingFact,
} from '@garda/contracts';

/** A fact of intake at its present version. */
export function intakeFact<T extends keyof typeof intakeEvents>(type: T, data: IntakeData<T>): IntakeFact {
  return { type, schemaVersion: intakeEvents[type].schemaVersion, data } as IntakeFact;
}

/** A fact of routing at its present version. */
export function routingFact<T extends keyof typeof routingEvents>(type: T, data: RoutingData<T>): RoutingFact {
  return { type, schemaVersion: routingEvents[type].schemaVersion, data } as RoutingFact;
}

/** A fact of resolution at its present version. */
export function resolutionFact<T extends keyof typeof resolutionEvents>(
  type: T,
  data: ResolutionData<T>,
): ResolutionFact {
  return { type, schemaVersion: resolutionEvents[type].schemaVersion, data } as ResolutionFact;
}
