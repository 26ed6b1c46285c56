/** Exported once, as the shell of every conversation and message. */
export const generateStaticParams = () => [{ path: [] }];

export default function ConversationPage() {
  return null;
}
