import type { Random } from '../random';
import { citizen, type Act, type Opening } from './cases';
import { submission } from './complaints';

/** Works on reports of an illegal levy. */
export const inspector = 'inspektorat.officer';

const act = (name: string, body?: object): Act => ({ by: inspector, name, ...(body && { body }) });
const answer: Act = { by: citizen, name: 'answers', body: { text: 'Hari Senin, di balai desa.' } };
const question = act('ask', { items: ['Tanggal'], words: 'Kapan?' });
const progress = (): Act => act('progress', { code: 'planned' });
const decided = (outcome: string): Act => act('resolve', { outcome });

const stories: readonly Opening['story'][] = [
  [],
  [[act('take')], [act('accept')], [progress(), progress()], [decided('unfounded')]],
  [[act('take')], [act('accept')], [question], [answer], [decided('remedied')]],
  [[act('acknowledge')], [act('take')], [act('accept'), { by: citizen, name: 'withdrawal' }]],
];

/** A report of an illegal levy, from nobody in particular: all of it goes over the restricted line. */
export function levyReport(random: Random): Opening {
  const command = submission(random, {
    ...{ standard: 'LV-01', identity: 'none', content: 'private', objectPlace: {} },
    description: `Diminta uang ${random.between(1, 1_000_000)}`,
    attributes: { reported_unit: 'desa-33.25.10.2007', amount: '50000', for_what: 'surat' },
  });
  return { command: { ...command, restricted: true }, officer: inspector, story: random.pick(stories) };
}
