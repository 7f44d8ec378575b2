export { adoptLog, type Adopted, type AdoptOptions } from './adopt-log';
export { type ConsumerOptions, type ConsumerStatus } from './consumer-core';
export { ConsumerStoppedError, LogVerificationError, NotYet, type StopCode, type VerificationCode } from './errors';
export { connectKafka, type KafkaSettings } from './kafka';
export { type PoisonPolicy } from './lane-types';
export { type Logger } from './logger';
export { listParked, retryParked, type ParkedKey } from './parking';
export { progress, type Progress } from './progress';
export { type Reaction } from './reaction-applier';
export { ReactionConsumer, type ReactionStatus } from './reaction-consumer';
export { decodeRecord, type TopicRecord } from './record';
export { Relay, type RelayOptions, type RelayStatus } from './relay';
export { ensureAcls, ensureTopics, gardaGrants, gardaTopics, type Grant, type TopicSpec } from './topics';
export { renewTopic, rereadTopic } from './renew';
export {
  behindClosed,
  checkMadeAgain,
  closeTopic,
  openTopic,
  renumberConsumers,
  type ClosedTopic,
} from './repartition';
export { rewindRelay, RewindError } from './rewind';
export { listSkipped, skipParked, type SkippedRecord } from './skipping';
export { type TopicHandler } from './topic-applier';
export { TopicConsumer } from './topic-consumer';
export { verifyLog, type VerifyOptions } from './verify-log';
export type { Finding, WalkOptions } from './walk';
export { walkLog, type Walked } from './walk-log';
