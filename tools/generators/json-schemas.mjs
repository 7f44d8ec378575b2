/** The JSON Schema of every event, for consumers in other languages. */
export const name = 'JSON Schemas of events';
export const projects = ['contracts'];
export const folder = 'libs/contracts/schemas';

/** File name below the folder → content. */
export async function files() {
  const { eventJsonSchemas } = await import('../../libs/contracts/dist/index.js');
  return new Map([...eventJsonSchemas()].map(([path, schema]) => [path, `${JSON.stringify(schema, null, 2)}\n`]));
}
