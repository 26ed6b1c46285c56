/** A number for what is for me. */
export function CountBadge({ text, label }: { text: string; label: string }) {
  return (
    <span className="grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1.5 text-xs font-bold text-on-accent tabular-nums">
      <span aria-hidden="true">{text}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}

/** A dot for the rest. */
export function DotBadge({ label }: { label: string }) {
  return (
    <span className="m-1 block size-2.5 rounded-full bg-accent">
      <span className="sr-only">{label}</span>
    </span>
  );
}
