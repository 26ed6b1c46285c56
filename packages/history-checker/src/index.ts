export * from './history.js';
export { Recorder } from './recorder.js';
