/** Every suite by name: { title, plan: { full, quick }, measure(room) }. */
import * as append from './suites/append.mjs';
import * as consume from './suites/consume.mjs';
import * as domain from './suites/domain.mjs';
import * as grow from './suites/grow.mjs';
import * as http from './suites/http.mjs';
import * as idle from './suites/idle.mjs';
import * as latency from './suites/latency.mjs';
import * as rebuild from './suites/rebuild.mjs';
import * as relay from './suites/relay.mjs';
import * as replay from './suites/replay.mjs';

export const suites = { append, relay, consume, replay, rebuild, latency, http, idle, grow, domain };
