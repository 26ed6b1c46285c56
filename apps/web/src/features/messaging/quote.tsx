/** A few words of a message, to know it by. */
export function Quote({ text }: { text: string }) {
  return (
    <p
      dir="auto"
      className="line-clamp-2 border-s-2 border-line-strong ps-3 text-sm [overflow-wrap:anywhere] text-soft"
    >
      {text}
    </p>
  );
}
