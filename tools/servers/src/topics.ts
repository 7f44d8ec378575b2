import { setTimeout as pause } from 'node:timers/promises';
import { ensureAcls, ensureTopics, gardaGrants, gardaTopics } from '@garda/messaging';
import type { Admin } from 'kafkajs';
import { logServices, openTopic } from './names';
import { kafkaClient } from './kafka';

/** Makes every topic and every right, and leaves alone what is already there. */
export async function makeTopicsAndRights(
  brokers: string,
  adminPassword: string,
  topics: Parameters<typeof gardaTopics>[0],
): Promise<void> {
  const admin = kafkaClient(brokers, 'admin', adminPassword).admin();
  await admin.connect();
  try {
    await ensureTopics(admin, gardaTopics(topics));
    await groupsWork(admin);
    await ensureAcls(admin, gardaGrants());
  } finally {
    await admin.disconnect();
  }
}

const groupsWithinMs = 60_000;

/**
 * The broker makes its own topic for groups at the first question about one, and refuses joins until it has loaded it.
 * Until then it answers with errors that it means to be asked again (`retriable`).
 */
async function groupsWork(admin: Admin): Promise<void> {
  const until = Date.now() + groupsWithinMs;
  for (;;) {
    try {
      await admin.fetchOffsets({ groupId: 'admin-ready', topics: logServices.map(openTopic) });
      return;
    } catch (error) {
      if (!isRetriable(error) || Date.now() > until) {
        throw error;
      }
      await pause(200);
    }
  }
}

function isRetriable(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'retriable' in error && error.retriable === true;
}
