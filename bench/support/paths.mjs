import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const inRepository = (file) => fileURLToPath(new URL(`../../${file}`, import.meta.url));
