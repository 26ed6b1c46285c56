import { memo } from 'react';
import { cn } from '../../lib/cn';
import { linkify } from './linkify';
import { isOnlyEmoji } from './only-emoji';

/** React writes text as text: whatever was typed, nothing in it can run. */
export const MessageText = memo(function MessageText({ body, className }: { body: string; className?: string }) {
  return (
    <div
      dir="auto"
      className={cn(
        'max-w-[72ch] [overflow-wrap:anywhere] whitespace-pre-wrap',
        isOnlyEmoji(body) && 'text-[1.75rem] leading-9',
        className,
      )}
    >
      {linkify(body).map((piece, index) =>
        piece.href ? (
          <a
            key={index}
            href={piece.href}
            target="_blank"
            rel="noopener noreferrer"
            tabIndex={-1}
            className="text-accent-strong underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
          >
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
    </div>
  );
});
