import { expect, it } from 'vitest';
import { errorTable, mayRetry } from './errors.js';

it('the codes after which one may try again are those that the table marks', () => {
  const marked = Object.entries(errorTable).filter(([, entry]) => 'retry' in entry);
  expect(Object.keys(errorTable).filter(mayRetry)).toEqual(marked.map(([code]) => code));
});
