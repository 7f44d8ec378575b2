import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isAlias, isCollection, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import type { CatalogueProblem, CatalogueProblemCode } from './problems';

export type Path = readonly (string | number)[];

const hints: Readonly<Record<string, string>> = {
  invalid_type: 'look at the same field of a neighbour',
  invalid_value: 'take one of the listed values',
  invalid_format: 'write it as the message says',
  too_big: 'shorten it',
  too_small: 'it may not be empty',
  invalid_union: 'take one of the allowed forms',
};

/** One YAML file of a catalogue, with the place of each value kept, and the problems found in it. */
export class SourceFile {
  readonly problems: CatalogueProblem[] = [];
  private constructor(
    readonly name: string,
    private readonly document: Document,
    private readonly lines: LineCounter,
  ) {
    for (const error of document.errors)
      this.add(
        error.pos[0],
        'YAML_INVALID',
        error.message.split('\n')[0] ?? 'not YAML',
        'check indentation, quotes and brackets',
      );
  }

  /** Reads a file of a folder; a missing file is a problem of its own at line 1. */
  static read(folder: string, name: string): SourceFile {
    const path = join(folder, name);
    const shown = join(basename(folder), name);
    const lines = new LineCounter();
    const missing = !existsSync(path);
    const text = missing ? '' : readFileSync(path, 'utf8');
    const file = new SourceFile(shown, parseDocument(text, { lineCounter: lines, uniqueKeys: true }), lines);
    if (missing) file.add(0, 'FILE_MISSING', `${name} is not there`, 'every catalogue folder needs it');
    return file;
  }

  /** The content as plain values; undefined where the file could not be read as YAML. */
  content(): unknown {
    return this.problems.length > 0 ? undefined : this.document.toJS();
  }

  /** Records a problem at the value under `path`, or at the nearest value around it. */
  problem(path: Path, code: CatalogueProblemCode, message: string, hint: string): void {
    this.add(this.offsetOf(path), code, message, hint);
  }

  /** Checks a value against its shape; each issue becomes a problem at its own place below `at`. */
  check<S extends z.ZodType>(value: unknown, shape: S, at: Path = []): z.infer<S> | undefined {
    const checked = shape.safeParse(value);
    if (checked.success) return checked.data;
    for (const issue of checked.error.issues) {
      const path = [...at, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
      if (issue.code === 'unrecognized_keys')
        for (const key of issue.keys)
          this.problem(
            [...path, key],
            'FIELD_UNKNOWN',
            `unknown field "${key}"`,
            'a slip of the pen, or not known yet',
          );
      else
        this.problem(
          path,
          'SHAPE_INVALID',
          `${path.join('.')}: ${issue.message}`,
          hints[issue.code] ?? 'see the neighbours',
        );
    }
    return undefined;
  }

  private add(offset: number, code: CatalogueProblemCode, message: string, hint: string): void {
    const { line, col } = this.lines.linePos(offset);
    this.problems.push({ file: this.name, line: Math.max(line, 1), column: Math.max(col, 1), code, message, hint });
  }

  private offsetOf(path: Path): number {
    let node: unknown = this.document.contents;
    let offset = startOf(node) ?? 0;
    for (const part of path) {
      if (isAlias(node)) node = node.resolve(this.document);
      if (!isCollection(node)) break;
      const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && item.key.value === part) : undefined;
      const next: unknown = isSeq(node) ? node.items[Number(part)] : (pair?.value ?? pair?.key);
      offset = startOf(pair?.key) ?? startOf(next) ?? offset;
      if (next === undefined) break;
      node = next;
    }
    return offset;
  }
}

function startOf(node: unknown): number | undefined {
  const range = (node as { range?: readonly number[] } | null | undefined)?.range;
  return range?.[0];
}
