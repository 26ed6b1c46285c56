export interface SeedOptions {
  /** Add another set where there are people already; refused otherwise. */
  again?: boolean;
  /** Milliseconds since 1970: the moment at which the history ends. */
  now?: number;
}

export interface Seeded {
  people: { email: string; name: string; id: string }[];
  conversations: number;
  messages: number;
  password: string;
  /** The first person owns the server: it had no owner. */
  isOwner: boolean;
}

export declare const PASSWORD: string;
export declare function seedSmall(databaseUrl: string, options?: SeedOptions): Promise<Seeded>;
export declare function seedLarge(databaseUrl: string, options?: SeedOptions): Promise<Seeded>;
