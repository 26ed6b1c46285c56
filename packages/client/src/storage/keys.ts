/** Padded, so that the order of keys is the order of numbers. */
export const pad = (value: number, width = 10): string => String(value).padStart(width, '0');

/** Everything of one user on one server lies under one prefix; neither part may contain the separator. */
export const namespaceOf = (server: string, user: string): string => `${server.replaceAll('|', '%7C')}|${user}|`;
