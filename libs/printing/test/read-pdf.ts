import { execFileSync } from 'node:child_process';
import type { extractText } from 'unpdf';

/** An ES module that Jest cannot load: it reads in a process of its own, as a citizen's viewer would. */
const program = `
  import { extractText, getDocumentProxy } from 'unpdf';
  const parts = [];
  for await (const part of process.stdin) parts.push(part);
  const paper = await getDocumentProxy(new Uint8Array(Buffer.concat(parts)));
  process.stdout.write(JSON.stringify(await extractText(paper, { mergePages: true })));`;

/** Pages and words of a PDF, white space as one blank. Throws where it is none. */
export function readPdf(pdf: Buffer): { pages: number; text: string } {
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: __dirname,
    input: pdf,
    encoding: 'utf8',
  });
  const { totalPages, text } = JSON.parse(said) as { totalPages: number } & Awaited<ReturnType<typeof extractText>>;
  return { pages: totalPages, text: [text].flat().join(' ').replaceAll(/\s+/g, ' ') };
}
