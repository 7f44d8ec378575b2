import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { faults } from '../faults/all';
import { mutations } from './mutations';

const checkout = join(__dirname, '..', '..', '..', '..');

/** A break whose text is no longer there would break nothing, and "caught" would mean nothing. */
describe('mutations', () => {
  it.each(mutations.map((one) => [one.name, one] as const))(
    '%s: what it replaces stands there once',
    (_, { edits }) => {
      for (const [file, from] of edits) {
        const text = readFileSync(join(checkout, file), 'utf8');
        expect([file, text.split(from).length - 1]).toEqual([file, 1]);
      }
    },
  );

  it.each(mutations.map((one) => [one.name, one] as const))(
    '%s: what stands there instead can be run',
    (_, { edits }) => {
      const texts = new Map<string, string>();
      for (const [file, from, to] of edits)
        texts.set(file, (texts.get(file) ?? readFileSync(join(checkout, file), 'utf8')).split(from).join(to));
      for (const text of texts.values()) expect(() => new Script(`(async () => {${text}\n})`)).not.toThrow();
    },
  );

  it('name faults that exist', () => {
    const names = faults.map(({ name }) => name);
    expect(mutations.filter(({ caughtBy }) => !names.includes(caughtBy))).toEqual([]);
  });

  it('are at least ten', () => {
    expect(mutations.length).toBeGreaterThanOrEqual(10);
  });
});
