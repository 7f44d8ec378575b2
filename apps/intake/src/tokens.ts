/** What has no class of ours to ask for by. */
export const DATABASE = Symbol('connections of the application role');
export const CONFIG = Symbol('configuration');
export const LOG = Symbol('log');
