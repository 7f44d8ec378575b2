export * from './commitment';
export * from './migrations';
export * from './sealing';
export * from './vault';
