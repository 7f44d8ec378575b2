/** The doors of a running instance as a program of ours uses them, for specs of the whole. */
export { Gateway } from './gateway';
export { Intake } from './intake';
export { openInstance } from './instance';
export { waitUntilQuiet } from './quiet';
export { Tokens } from './tokens';
