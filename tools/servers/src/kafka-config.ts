import type { KafkaPrincipal } from './names';

export interface KafkaSettings {
  readonly data: string;
  readonly port: number;
  readonly controllerPort: number;
  readonly passwords: Readonly<Record<KafkaPrincipal, string>>;
}

/**
 * One node that is broker and controller. Clients prove who they are by SCRAM-SHA-512 and may do only what an ACL says;
 * between the node's two halves it is PLAIN on the controller's listener. PLAIN must not stand in the global list of
 * mechanisms: the client listener has no login for it and the broker would not start.
 */
export function serverProperties(settings: KafkaSettings): string {
  const { data, port, controllerPort, passwords } = settings;
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required';
  const plain = 'org.apache.kafka.common.security.plain.PlainLoginModule required';
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
log.dirs=${data}

listeners=CLIENT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=CLIENT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
inter.broker.listener.name=CLIENT
listener.security.protocol.map=CONTROLLER:SASL_PLAINTEXT,CLIENT:SASL_PLAINTEXT
sasl.enabled.mechanisms=SCRAM-SHA-512
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
sasl.mechanism.controller.protocol=PLAIN
listener.name.client.sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.client.scram-sha-512.sasl.jaas.config=${scram} username="broker" password="${passwords.broker}";
listener.name.controller.sasl.enabled.mechanisms=PLAIN
listener.name.controller.plain.sasl.jaas.config=${plain} username="controller" password="${passwords.controller}" user_controller="${passwords.controller}";

${fixedProperties}`;
}

const fixedProperties = `authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:broker;User:controller;User:admin
allow.everyone.if.no.acl.found=false

# A consumer that asks for a topic would otherwise create it, with one partition.
auto.create.topics.enable=false
# Facts are kept for ever.
log.retention.ms=-1
log.retention.bytes=-1

offsets.topic.replication.factor=1
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=8
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
# A single member need not wait for others before it gets its partitions.
group.initial.rebalance.delay.ms=0
`;
