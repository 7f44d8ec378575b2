import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';

const staffFile = z.strictObject({
  persons: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,79}$/),
        name: z.string().min(1).max(200),
        unit: z.string().min(1).max(60),
        roles: z.array(z.string().min(1).max(60)).min(1),
      }),
    )
    .min(1),
});
export type DemoPerson = z.infer<typeof staffFile>['persons'][number];

/** The demo persons of a catalogue. A mistake in the file is told with its line; nobody is left out in silence. */
export function loadStaff(catalogue: string): readonly DemoPerson[] {
  const path = join(catalogue, 'staff.demo.yaml');
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, version: '1.2' });
  const [syntax] = document.errors;
  if (syntax !== undefined) throw new Error(`${path}:${lines.linePos(syntax.pos[0]).line}: ${syntax.message}`);
  const parsed = staffFile.safeParse(document.toJS());
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path: at, message }) => {
      const node = document.getIn(at, true) as { range?: [number, number, number] } | undefined;
      const line = node?.range === undefined ? 1 : lines.linePos(node.range[0]).line;
      return `${path}:${line}: ${at.map(String).join('.')}: ${message}`;
    });
    throw new Error(wrong.join('\n'));
  }
  const { persons } = parsed.data;
  const twice = persons.find(({ id }, i) => persons.findIndex((other) => other.id === id) !== i);
  if (twice !== undefined) throw new Error(`${path}: ${twice.id} stands there twice`);
  return persons;
}
