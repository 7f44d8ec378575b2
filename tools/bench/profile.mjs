/** From V8's CPU profiles (`node --cpu-prof`) to a table of where the time goes. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function profileFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'garda-bench-profile-'));
  return {
    args: ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=500'],
    /** One table of all profiles that were written, and the folder is gone. */
    table(name) {
      const files = readdirSync(folder).filter((file) => file.endsWith('.cpuprofile'));
      const profiles = files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
      rmSync(folder, { recursive: true });
      return tableOf(name, profiles);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Time by itself, without what a function calls; idle time is left out. */
export function tableOf(name, profiles) {
  const [byPlace, byFunction] = [new Map(), new Map()];
  let total = 0;
  for (const { nodes, samples, timeDeltas } of profiles) {
    const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
    samples.forEach((id, i) => {
      const frame = frames.get(id);
      if (frame.functionName === '(idle)') return;
      const time = Math.max(0, timeDeltas[i]);
      total += time;
      const place = placeOf(frame);
      byPlace.set(place, (byPlace.get(place) ?? 0) + time);
      const words = `${frame.functionName || '(anonymous)'}  ${place}`;
      byFunction.set(words, (byFunction.get(words) ?? 0) + time);
    });
  }
  const top = (map, count) =>
    [...map]
      .sort((a, b) => b[1] - a[1])
      .slice(0, count)
      .map(([place, time]) => ({ place, percent: Number(((100 * time) / total).toFixed(1)) }));
  return { name, seconds: Number((total / 1e6).toFixed(1)), places: top(byPlace, 12), functions: top(byFunction, 20) };
}

/** The package, library or part of Node that a function belongs to. */
export function placeOf({ functionName, url }) {
  if (url === '') return functionName.startsWith('(') ? functionName : 'V8';
  if (url.startsWith('node:')) return url.split('/')[0] === 'node:internal' ? 'Node' : url;
  const installed = url.lastIndexOf('/node_modules/');
  if (installed >= 0) {
    const [scope, name] = url.slice(installed + '/node_modules/'.length).split('/');
    return scope.startsWith('@') ? `${scope}/${name}` : scope;
  }
  const own = /\/((?:libs|apps|tools)\/[^/]+)\//.exec(url);
  return own?.[1] ?? url;
}
