/** Starting the real system and its servers, for commands and for specs. */
export { startServers } from './servers';
export type { Servers, ServersOptions } from './servers';
export { startInstance } from './instance';
export type { Instance, InstanceOptions } from './instance';
export { freePorts, usualPorts } from './ports';
export type { Ports } from './ports';
export { checkout, usualFolder } from './folders';
export { removeInstance, throwawayFolder } from './throwaway';
export { start } from './commands/start';
export { demo, importFile } from './commands/fresh';
export { analyst } from './commands/analyst';
export { reset } from './commands/reset';
export { runTests } from './commands/tests';
export { runOperator } from './commands/operator';
