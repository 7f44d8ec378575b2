import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty folder for this spec file (or `describe`) alone, removed with all that is in it after its last test. */
export function withFolder(purpose: string): () => string {
  let folder: string | undefined;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), `garda-${purpose}-`));
  });
  afterAll(() => {
    if (folder !== undefined) {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  return () => {
    if (folder === undefined) {
      throw new Error('The folder exists only while tests run: ask for it inside a test or a hook.');
    }
    return folder;
  };
}
