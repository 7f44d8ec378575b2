import { setTimeout as pause } from 'node:timers/promises';
import { runOperator } from '@garda/servers';
import { commandOf, type Case } from '../load/cases';
import type { Command } from '../load/told';
import { until } from '../world/process';
import type { DatabaseName } from '../world/services';
import type { Fault, Stage } from './fault';

interface Poison {
  readonly name: string;
  readonly service: DatabaseName;
  readonly consumer: string;
  readonly topic: string;
  /** Makes this service fail at one event of one case, as a bug in its handler would; `version` is the event's own. */
  readonly break: (caseId: string, version: number) => string;
  readonly mend: string;
}

const raise = `begin raise exception 'poison' using errcode = 'P0001'; end`;

const inProjection: Poison = {
  name: 'poison-in-projection',
  service: 'gateway',
  consumer: 'case-file@6',
  topic: 'garda.resolution.v1',
  break: (caseId, version) => `
    create or replace function watched.poison() returns trigger language plpgsql as $$ ${raise} $$;
    create trigger poison before insert on read.case_timeline_v6 for each row
      when (new.case_id = '${caseId}' and new.context = 'resolution' and new.version = ${version}) execute function watched.poison()`,
  mend: 'drop trigger poison on read.case_timeline_v6',
};

const inReaction: Poison = {
  name: 'poison-in-reaction',
  service: 'intake',
  consumer: 'progress@1',
  topic: 'garda.resolution.v1',
  break: (caseId) => `
    create or replace function watched.poison() returns trigger language plpgsql as $$ ${raise} $$;
    create trigger poison before insert on log.events for each row
      when (new.stream_id = 'case-${caseId}' and new.type = 'CaseProgressNoted') execute function watched.poison()`,
  mend: 'drop trigger poison on log.events',
};

/** Some of those who work on the case may hang up before they know that their command was stored. */
const fewest = 3;
const heldWithinMs = 20_000;

/** One event of one case cannot be applied, in the middle of a busy partition; others of the case follow. */
function poison(of: Poison): Fault {
  return {
    name: of.name,
    kind: 'outage',
    strike: async (stage) => {
      const { world } = stage;
      const sick = await workedOn(stage);
      await world.postgres.ask(of.service, of.break(sick.caseId, (await versionOf(stage, sick)) + 1));
      for (let i = 0; i < 6; i++) await step(stage, sick, 'progress');
      const { tries } = await until('a record failed for good', 60_000, async () => {
        const now = await held(stage, of, sick);
        return now.tries > 0 ? now : undefined;
      });
      let { rows } = await held(stage, of, sick);
      const end = Date.now() + heldWithinMs;
      while (rows < fewest && Date.now() < end) {
        await pause(200);
        ({ rows } = await held(stage, of, sick));
      }
      return {
        proof: `${rows} records of one case are held, the first after ${tries} tries`,
        after: async () =>
          rows >= fewest
            ? []
            : [{ rule: 'what follows a parked record is held', words: `${sick.caseId}: ${rows} held` }],
        heal: async () => {
          await world.postgres.ask(of.service, of.mend);
          const place = ['--service', of.service, '--consumer', of.consumer, '--topic', of.topic, '--key', sick.caseId];
          const { code, stderr } = await runOperator(world.folder, ['streams', 'retry', ...place], true);
          if (code !== 0) throw new Error(`streams retry: ${stderr}`);
        },
      };
    },
  };
}

/** A case that an officer has taken and accepted, known to everybody. */
async function workedOn(stage: Stage): Promise<Case> {
  const found = await stage.load.submitOne();
  for (const name of ['take', 'accept'])
    await until(
      `the case is ready for ${name}`,
      60_000,
      async () => (await step(stage, found, name)).told?.kind === 'acknowledged',
    );
  return found;
}

async function step({ load, random, tokenOf }: Stage, on: Case, name: string): Promise<Command> {
  const body = name === 'progress' ? { code: 'planned' } : {};
  const command = commandOf({ by: on.officer, name, body }, on, random, tokenOf);
  await load.send(command);
  return command;
}

async function versionOf({ world }: Stage, { caseId }: Case): Promise<number> {
  const [row] = await world.postgres.ask<{ version: number }>(
    'resolution',
    'select max(version)::int as version from log.events where stream_id = $1',
    [`case-${caseId}`],
  );
  return row?.version ?? 0;
}

/** Records of the case that wait, and how often the first one was tried. */
async function held({ world }: Stage, { service, consumer }: Poison, { caseId }: Case) {
  const [row] = await world.postgres.ask<{ rows: number; tries: number }>(
    service,
    `select count(*)::int as rows, coalesce(max(attempts), 0)::int as tries from consume.parked
      where consumer = $1 and key = $2`,
    [consumer, caseId],
  );
  return row ?? { rows: 0, tries: 0 };
}

export const poisons: readonly Fault[] = [poison(inProjection), poison(inReaction)];
