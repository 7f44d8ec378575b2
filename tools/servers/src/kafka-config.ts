import { kafkaPrincipals } from './names';
import type { KafkaPrincipal } from './names';

export interface KafkaSettings {
  readonly data: string;
  readonly port: number;
  /** What clients are told to connect to, where that is not `port` itself: something stands between. */
  readonly advertisedPort?: number;
  readonly controllerPort: number;
  /** Which node of several this is; without it, the only one. */
  readonly node?: KafkaNode;
  /** How long a node that died is waited for: until then nobody takes over from it, and it cannot come back. Usually 9 s. */
  readonly sessionMs?: number;
  readonly passwords: Readonly<Record<KafkaPrincipal, string>>;
  /** The name under which clients of other machines reach it; without it only this machine does. */
  readonly host?: string;
}

/** One of several nodes that vote together and keep copies for each other. */
export interface KafkaNode {
  readonly id: number;
  /** Where the nodes talk to each other, beside the clients' listener. */
  readonly brokerPort: number;
  /** Every node's id and controller port, its own included. */
  readonly voters: readonly { readonly id: number; readonly controllerPort: number }[];
}

/**
 * One node that is broker and controller. Clients prove who they are by SCRAM-SHA-512 and may do only what an ACL says;
 * between the node's two halves it is PLAIN on the controller's listener. PLAIN must not stand in the global list of
 * mechanisms: the client listener has no login for it and the broker would not start.
 */
export function serverProperties(settings: KafkaSettings): string {
  const { data, port, controllerPort, passwords, node, host, sessionMs, advertisedPort = port } = settings;
  const voters = node?.voters ?? [{ id: 1, controllerPort }];
  const between = node === undefined ? '' : `,BROKER://127.0.0.1:${node.brokerPort}`;
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required';
  const plain = 'org.apache.kafka.common.security.plain.PlainLoginModule required';
  return `process.roles=broker,controller
node.id=${node?.id ?? 1}
controller.quorum.voters=${voters.map((one) => `${one.id}@127.0.0.1:${one.controllerPort}`).join(',')}
log.dirs=${data}

listeners=CLIENT://${host === undefined ? '127.0.0.1' : ''}:${port},CONTROLLER://127.0.0.1:${controllerPort}${between}
advertised.listeners=CLIENT://${host ?? '127.0.0.1'}:${advertisedPort}${between}
controller.listener.names=CONTROLLER
inter.broker.listener.name=${node === undefined ? 'CLIENT' : 'BROKER'}
listener.security.protocol.map=CONTROLLER:SASL_PLAINTEXT,CLIENT:SASL_PLAINTEXT,BROKER:SASL_PLAINTEXT
sasl.enabled.mechanisms=SCRAM-SHA-512
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
sasl.mechanism.controller.protocol=PLAIN
listener.name.client.sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.client.scram-sha-512.sasl.jaas.config=${scram} username="broker" password="${passwords.broker}";
listener.name.broker.sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.broker.scram-sha-512.sasl.jaas.config=${scram} username="broker" password="${passwords.broker}";
listener.name.controller.sasl.enabled.mechanisms=PLAIN
listener.name.controller.plain.sasl.jaas.config=${plain} username="controller" password="${passwords.controller}" user_controller="${passwords.controller}";

${copies(Math.min(3, voters.length))}
${sessionMs === undefined ? '' : session(sessionMs)}${fixedProperties}`;
}

const session = (ms: number): string => `broker.session.timeout.ms=${ms}
broker.heartbeat.interval.ms=${Math.round(ms / 8)}
`;

/** The broker's own topics: of one node one copy, of three nodes three, of which two must have a record. */
const copies = (count: number): string => `offsets.topic.replication.factor=${count}
transaction.state.log.replication.factor=${count}
transaction.state.log.min.isr=${Math.max(1, count - 1)}
share.coordinator.state.topic.replication.factor=${count}
share.coordinator.state.topic.min.isr=${Math.max(1, count - 1)}
min.insync.replicas=${Math.max(1, count - 1)}
`;

/** Words of the storage tool that give each principal its credential; the controller proves itself otherwise. */
export function scramArguments(passwords: Readonly<Record<KafkaPrincipal, string>>): string[] {
  return kafkaPrincipals
    .filter((name) => name !== 'controller')
    .flatMap((name) => ['--add-scram', `SCRAM-SHA-512=[name=${name},password=${passwords[name]}]`]);
}

const fixedProperties = `authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:broker;User:controller;User:admin
allow.everyone.if.no.acl.found=false

# A consumer that asks for a topic would otherwise create it, with one partition.
auto.create.topics.enable=false
# Facts are kept for ever.
log.retention.ms=-1
log.retention.bytes=-1

offsets.topic.num.partitions=8
transaction.state.log.num.partitions=8
# A single member need not wait for others before it gets its partitions.
group.initial.rebalance.delay.ms=0
`;
