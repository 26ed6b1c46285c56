/** Where the server is. An exported build is pointed at another one by editing this tag of its pages; empty is its own origin. */
export function serverOrigin(): string {
  const tag = document.querySelector<HTMLMetaElement>('meta[name="tertulia-server"]');
  return (tag?.content ?? '').trim().replace(/\/+$/, '');
}

export const version = process.env.NEXT_PUBLIC_VERSION ?? '';
