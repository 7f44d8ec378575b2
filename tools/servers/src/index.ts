export { startServers } from './servers';
export type { Servers, ServersOptions } from './servers';
export { freePorts, usualPorts } from './ports';
export type { Ports } from './ports';
export { checkout, usualFolder } from './folders';
export { runTests } from './tests';
