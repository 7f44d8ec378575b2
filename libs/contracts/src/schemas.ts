import { z } from 'zod';
import { contractsEverOf } from './events/registry';
import { contexts } from './values';

/**
 * The JSON Schema (draft 2020-12) of every version of every event type, by the path under `schemas/`:
 * `intake/CaseSubmitted.v1.json`. What a producer must keep; consumers ignore members they do not know.
 */
export function eventJsonSchemas(): ReadonlyMap<string, object> {
  const schemas = new Map<string, object>();
  for (const context of contexts)
    for (const contract of contractsEverOf(context)) {
      const schema = z.toJSONSchema(contract.schema, { target: 'draft-2020-12', io: 'input' });
      schemas.set(`${context}/${contract.type}.v${contract.schemaVersion}.json`, {
        $id: `urn:garda:event:${context}:${contract.type}:${contract.schemaVersion}`,
        title: `${contract.type} (${context}, version ${contract.schemaVersion})`,
        ...schema,
      });
    }
  return schemas;
}
