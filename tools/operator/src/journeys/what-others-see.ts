import { createHash } from 'node:crypto';
import { auditor, counter, districtHead, inspector, lampOfficer, quality, secretary, tulisHead } from '../demo/people';
import { HttpError } from '../http';
import type { Who } from '../gateway';
import type { Doors } from '../stories/scene';

/** A unit that is reported, its district, agencies, the quality unit, and those who see most. */
const people: readonly Who[] = [tulisHead, counter, districtHead, lampOfficer, quality, auditor, inspector, secretary];
const lists = ['/inbox', '/inbox?related=true', '/inbox?triage=true', '/inbox?kind=levy', '/inbox?overdue=true'];
const reports = ['/reports/errands?month=2026-03', '/reports/month?month=2026-03'];
const publicPaths = [
  '/standards',
  '/open311/v2/services.json',
  '/open311/v2/requests.json',
  '/open311/v2/requests.xml',
];

/**
 * Every answer that everybody else can get, byte by byte: bodies, headers, entity tags, lists, counts and their order.
 * Left out is what is different whoever asks whenever: the time of day, and the id of the request.
 */
export async function whatOthersSee(doors: Doors, cases: readonly string[]): Promise<readonly string[]> {
  const files = cases.map((id) => `/cases/${id}`);
  const staff = people.flatMap((who) =>
    [...lists, ...reports, ...files].map((path) => seen(path, () => doors.gateway.get(who, path))),
  );
  const everybody = publicPaths.map((path) => seen(path, () => doors.intake.get(path)));
  return Promise.all([...staff, ...everybody]);
}

type Answer = Awaited<ReturnType<Doors['intake']['get']>>;

async function seen(path: string, ask: () => Promise<Answer>): Promise<string> {
  try {
    const { status, headers, text } = await ask();
    const told = [...headers].filter(([name]) => !/^(date|x-correlation-id|traceparent)$/.test(name));
    const body = text.replaceAll(/"now":"[^"]*"/g, '"now":"…"');
    return `${path} ${status} ${createHash('sha256')
      .update(JSON.stringify([told, body]))
      .digest('hex')}`;
  } catch (error) {
    if (error instanceof HttpError) return `${path} ${error.status} ${error.code}`;
    throw error;
  }
}
