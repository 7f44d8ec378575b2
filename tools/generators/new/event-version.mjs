import { append, hasProperty, raiseVersion } from './edits.mjs';
import { MakeError } from './make-error.mjs';

const capital = (word) => word[0].toUpperCase() + word.slice(1);

/** The next version of an event: the old contract and sample stay, new ones begin as they are, a step leads from old to new. */
export function newEventVersion(files, [context, type]) {
  const events = `libs/contracts/src/events/${context}.ts`;
  const contracts = `${context}Events`;
  if (!/^[a-z]+$/.test(context ?? '') || !files.has(events))
    throw new MakeError('CONTEXT_UNKNOWN', 'Say intake, routing or resolution.');
  if (!/^[A-Za-z]+$/.test(type ?? '') || !hasProperty(files.read(events), contracts, type))
    throw new MakeError('EVENT_UNKNOWN', `${context} stores no ${type}.`);
  const { before, schema, text } = raiseVersion(files.read(events), contracts, type);
  const next = before + 1;
  const sample = (version) => `libs/contracts/samples/${context}/${type}.v${version}.json`;
  files.change(events, () => append(text, `past${capital(contracts)}`, `event('${type}', ${before}, ${schema})`));
  files.create(sample(next), files.read(sample(before)));
  files.change('libs/contracts/src/events/upcast.ts', (code) =>
    append(code, 'upcasters', `'${type}@${before}': (stored) => ({ ...stored, schemaVersion: ${next} })`),
  );
  return [
    `${events}: what version ${next} of ${type} tells; version ${before} below stays as it was stored`,
    `${sample(next)}: an example of it`,
    `libs/contracts/src/events/upcast.ts: what was stored, told as version ${next}; only what can be known is filled in`,
  ];
}
