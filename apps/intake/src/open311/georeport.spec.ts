import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withIntake } from '../../test/harness';
import { lamp, submit } from '../../test/submissions';

const version = '0.3.1';
const checkout = join(__dirname, '../../../..');
const script = join(checkout, 'apps/intake/test/read_open311.py');

/** The Python that has the client: made once under .garda. Undefined where there is no Python or no package index. */
function pythonWithClient(): string | undefined {
  const folder = join(checkout, '.garda', `georeport-${version}`);
  const python = join(folder, 'bin', 'python');
  const isThere = () => existsSync(python) && spawnSync(python, ['-c', 'import georeport']).status === 0;
  if (isThere()) return python;
  spawnSync('python3', ['-m', 'venv', folder]);
  spawnSync(python, ['-m', 'pip', 'install', '--quiet', `georeport==${version}`]);
  return isThere() ? python : undefined;
}

const python = pythonWithClient();
if (python === undefined) console.warn(`Skipped: georeport ${version} needs Python 3 with venv and a package index.`);

interface Told {
  readonly services: readonly string[];
  readonly definition: { readonly service_code: string };
  readonly requests: readonly string[];
  readonly request: Readonly<Record<string, string>>;
}

(python === undefined ? describe.skip : describe)(`the client georeport ${version} of PyPI, unchanged`, () => {
  const intake = withIntake();

  it('lists services and reads requests, in JSON and in XML', async () => {
    const first = await submit(intake());
    const second = await submit(intake());
    await intake().until(async () => {
      const { json } = await intake().get('/open311/v2/requests.json');
      return (json as unknown as unknown[]).length === 2;
    });
    const root = `${intake().service.url}/open311/v2`;
    const { stdout } = await promisify(execFile)(python ?? '', [script, root, first.number]);
    const told = JSON.parse(stdout) as { readonly json: Told; readonly xml: Told };
    for (const { services, definition, requests, request } of [told.json, told.xml]) {
      expect(services).toEqual(['HB-01', 'LH-01', 'PU-01']);
      expect(definition.service_code).toBe('PU-01');
      expect([...requests].sort()).toEqual([first.number, second.number].sort());
      expect(request).toMatchObject({ service_request_id: first.number, service_code: lamp.standard, status: 'open' });
    }
  });
});
