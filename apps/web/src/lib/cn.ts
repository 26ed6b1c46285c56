/** Class names that never compete: a component takes a variant where it must look otherwise, not an overriding class. */
export { clsx as cn } from 'clsx';
