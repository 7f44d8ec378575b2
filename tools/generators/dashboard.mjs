/** The dashboard of Grafana, from a list of what is shown: panels are not moved about by hand in JSON. */
export const name = 'Grafana dashboard';
export const projects = [];
export const folder = 'docker/grafana/dashboards';

const by = (what, of) => `sum by (${of}) (rate(${what}[$__rate_interval]))`;
const quantile = (q, what, of) =>
  `histogram_quantile(${q}, sum by (${of}, le) (rate(${what}_bucket[$__rate_interval])))`;

/** Rows of panels: title, unit, and what is drawn as `[expression, legend]`. */
const rows = [
  {
    title: 'Requests',
    panels: [
      ['Requests', 'reqps', [[by('http_request_duration_seconds_count', 'service'), '{{service}}']]],
      ['Time to answer, 99 of 100', 's', [[quantile(0.99, 'http_request_duration_seconds', 'service'), '{{service}}']]],
      [
        'Faults of our own',
        'reqps',
        [[by('http_request_duration_seconds_count{status=~"5.."}', 'service, status'), '{{service}} {{status}}']],
      ],
    ],
  },
  {
    title: 'Log',
    panels: [
      [
        'Events appended',
        'ops',
        [
          [by('garda_append_events_total', 'service, log'), '{{service}} {{log}}'],
          [by('garda_reactions_total', 'service'), '{{service}} reactions'],
        ],
      ],
      [
        'Time to append',
        's',
        [
          [quantile(0.5, 'garda_append_duration_seconds', 'service'), '{{service}} half'],
          [quantile(0.99, 'garda_append_duration_seconds', 'service'), '{{service}} 99 of 100'],
        ],
      ],
      [
        'Conflicts, refusals, failures',
        'ops',
        [
          [
            by('garda_append_requests_total{status=~"conflict|overloaded|failed"}', 'service, status'),
            '{{service}} {{status}}',
          ],
          [by('garda_reaction_conflicts_total', 'service'), '{{service}} reactions again'],
        ],
      ],
      ['Waiting appends', 'short', [['max by (service, log) (garda_append_queue)', '{{service}} {{log}}']]],
    ],
  },
  {
    title: 'Topics',
    panels: [
      ['Not in the topic yet', 'short', [['max by (topic) (garda_relay_lag)', '{{topic}}']]],
      ['Age of the oldest of them', 's', [['max by (topic) (garda_relay_lag_seconds)', '{{topic}}']]],
      [
        'Not applied yet',
        'short',
        [
          [
            'sum by (consumer, topic) (max by (consumer, topic, partition) (garda_consumer_lag))',
            '{{consumer}} {{topic}}',
          ],
        ],
      ],
      ['Records', 'ops', [[by('garda_consumer_records_total', 'consumer, outcome'), '{{consumer}} {{outcome}}']]],
    ],
  },
  {
    title: 'Cases',
    panels: [
      ['Cases held back', 'short', [['max by (service) (garda_parked_keys)', '{{service}}']]],
      ['Clocks overdue', 'short', [['max by (service) (garda_timers_overdue)', '{{service}}']]],
      [
        'Projections behind',
        'short',
        [['max by (service, projection, version) (garda_projection_lag)', '{{service}} {{projection}} v{{version}}']],
      ],
    ],
  },
  {
    title: 'Processes',
    panels: [
      [
        'Connections',
        'short',
        [
          ['garda_pool_connections', '{{instance}} {{state}}'],
          ['garda_pool_waiting', '{{instance}} waiting'],
        ],
      ],
      ['Memory', 'bytes', [['process_resident_memory_bytes', '{{instance}}']]],
      ['Processor', 'percentunit', [['rate(process_cpu_seconds_total[$__rate_interval])', '{{instance}}']]],
      ['Event loop, 99 of 100', 's', [['nodejs_eventloop_lag_p99_seconds', '{{instance}}']]],
    ],
  },
];

const height = 8;

/** File name below the folder → content. */
export async function files() {
  const panels = rows.flatMap(({ title, panels: inRow }, nth) => {
    const y = nth * (height + 1);
    const w = Math.floor(24 / inRow.length);
    const head = {
      id: nth * 10 + 1,
      type: 'row',
      title,
      collapsed: false,
      gridPos: { h: 1, w: 24, x: 0, y },
      panels: [],
    };
    return [head, ...inRow.map((panel, i) => panelOf(panel, nth * 10 + 2 + i, { h: height, w, x: i * w, y: y + 1 }))];
  });
  const dashboard = {
    uid: 'garda',
    title: 'Garda',
    tags: ['garda'],
    timezone: 'browser',
    schemaVersion: 39,
    version: 1,
    refresh: '30s',
    time: { from: 'now-1h', to: 'now' },
    templating: { list: [] },
    panels,
  };
  return new Map([['garda.json', `${JSON.stringify(dashboard, null, 2)}\n`]]);
}

function panelOf([title, unit, drawn], id, gridPos) {
  const datasource = { type: 'prometheus', uid: 'garda-prometheus' };
  return {
    id,
    type: 'timeseries',
    title,
    datasource,
    gridPos,
    fieldConfig: { defaults: { unit, min: 0, custom: { fillOpacity: 10, showPoints: 'never' } }, overrides: [] },
    options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi' } },
    targets: drawn.map(([expr, legendFormat], i) => ({ refId: 'ABCDEF'[i], datasource, expr, legendFormat })),
  };
}
