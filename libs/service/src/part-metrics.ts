import type { ConsumerStatus, ReactionStatus, RelayStatus } from '@garda/messaging';
import type { ProjectionStatus } from '@garda/projection';
import type { Metrics, Sample } from './metrics';

interface Named<S> {
  readonly name: string;
  status(): S;
}

/** What each consumer of this process did since it started, and whether it still does. */
export function gaugeConsumers(metrics: Metrics, consumers: readonly Named<ConsumerStatus | ReactionStatus>[]): void {
  const all = () => consumers.map((one) => ({ consumer: one.name, ...one.status() }));
  metrics.total('garda_consumer_records_total', 'Records, by what became of them', ['consumer', 'outcome'], () =>
    all().flatMap(({ consumer, applied, repeatsDropped, parked, notYet, drained }) =>
      Object.entries({ applied, repeated: repeatsDropped, parked, not_yet: notYet, drained }).map(
        ([outcome, value]): Sample => ({ labels: { consumer, outcome }, value }),
      ),
    ),
  );
  metrics.total('garda_consumer_cursor_moved_total', 'Batches rolled back for another member', ['consumer'], () =>
    all().map(({ consumer, cursorMoved }) => ({ labels: { consumer }, value: cursorMoved })),
  );
  metrics.gauge('garda_consumer_running', '1 while it is a member of its group', ['consumer'], () =>
    Promise.resolve(all().map(({ consumer, state }) => ({ labels: { consumer }, value: state === 'running' ? 1 : 0 }))),
  );
  const reacting = () => all().flatMap((one) => ('reactions' in one ? [one] : []));
  metrics.total('garda_reactions_total', 'Facts appended because of facts of others', ['consumer'], () =>
    reacting().map(({ consumer, reactions }) => ({ labels: { consumer }, value: reactions })),
  );
  metrics.total('garda_reaction_conflicts_total', 'Reactions decided again: the stream had moved', ['consumer'], () =>
    reacting().map(({ consumer, conflicts }) => ({ labels: { consumer }, value: conflicts })),
  );
}

/** Whether each relay leads, and how many rounds failed in a row. */
export function gaugeRelays(metrics: Metrics, relays: readonly Named<RelayStatus>[]): void {
  const read = (value: (status: RelayStatus) => number) => () =>
    Promise.resolve(relays.map((one) => ({ labels: { topic: one.name }, value: value(one.status()) })));
  metrics.gauge(
    'garda_relay_leader',
    '1 in the process that carries this topic',
    ['topic'],
    read((s) => (s.leader ? 1 : 0)),
  );
  metrics.gauge(
    'garda_relay_failures',
    'Rounds that failed in a row',
    ['topic'],
    read((s) => s.failures),
  );
}

/** A projection of this process that stopped will not go on before its program is repaired. */
export function gaugeProjections(metrics: Metrics, runners: readonly { status(): ProjectionStatus }[]): void {
  metrics.gauge('garda_projection_running', '1 while it runs in this process', ['projection', 'version'], () =>
    Promise.resolve(
      runners.map((runner) => {
        const { name, version, state } = runner.status();
        return { labels: { projection: name, version: String(version) }, value: state === 'running' ? 1 : 0 };
      }),
    ),
  );
}
