/** The first page of an officer's inbox, over HTTP, again and again. In milliseconds. */
import { performance } from 'node:perf_hooks';
import { spread } from '../figures.mjs';
import { tokenOf } from '../instance.mjs';
import { client } from './submit.mjs';

export async function run({ folder, urls, person, looks }) {
  const http = client(urls.gateway, 1);
  const token = tokenOf(folder, person);
  const waits = [];
  let items = 0;
  for (let n = 0; n < looks; n += 1) {
    const headers = { authorization: `Bearer ${await token()}` };
    const began = performance.now();
    const { status, json } = await http.ask('GET', '/inbox?limit=20', { headers });
    if (n >= looks / 10) waits.push(performance.now() - began);
    if (status !== 200) throw new Error(`The inbox answers ${status}: ${JSON.stringify(json)}`);
    items = json.items.length;
  }
  http.close();
  return { ...spread(waits), items };
}
