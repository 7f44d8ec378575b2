/** What a command says: words for the person, and with `--json` one last line for a program. */
export interface Output {
  line(text: string): void;
  json(value: unknown): void;
}

export function outputTo(stream: NodeJS.WritableStream): Output {
  return {
    line: (text) => void stream.write(`${text}\n`),
    json: (value) => void stream.write(`${JSON.stringify(value)}\n`),
  };
}
