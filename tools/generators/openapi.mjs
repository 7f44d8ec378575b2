/** The OpenAPI documents of the two services that others call. */
export const name = 'OpenAPI documents';
export const projects = ['intake', 'gateway'];
export const folder = 'docs/openapi';

/** File name below the folder → content. */
export async function files() {
  const found = new Map();
  for (const app of projects) {
    const { openApi } = await import(`../../apps/${app}/dist/openapi.js`);
    found.set(`${app}.json`, `${JSON.stringify(await openApi(), null, 2)}\n`);
  }
  return found;
}
