/** Who is asking, as the server has verified it. Internal keys beside the public ids, so that no use case looks them up again. */
export interface Actor {
  userId: number;
  user: string;
  name: string;
  sessionId: number;
  session: string;
}
