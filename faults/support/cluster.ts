import { randomBytes } from 'node:crypto';
import { Link } from './link.js';
import { ServerNode } from './node.js';
import type { Postgres } from './postgres.js';
import { freePort } from './processes.js';
import type { Random } from './random.js';
import type { Redis } from './redis.js';

const NODES = 3;

export interface ClusterOptions {
  postgres: Postgres;
  /** null: the nodes know of no Redis. */
  redis: Redis | null;
  random: Random;
  nodes?: number;
  preloads?: readonly string[];
  env?(index: number): Record<string, string>;
}

/** Where a node's connections to the others go through. */
export interface NodeLinks {
  postgres: Link;
  redis: Link | null;
}

/** Several nodes on one database: every connection between two processes goes through a link of its own. */
export class Cluster {
  readonly nodes: ServerNode[] = [];
  readonly links: NodeLinks[] = [];
  private readonly doors: Link[] = [];
  private home: Postgres | null = null;

  private constructor(
    private readonly firstPostgres: Postgres,
    readonly redis: Redis | null,
    readonly database: string,
    /** From which every node derives its keys. */
    readonly secret: string,
    private readonly random: Random,
  ) {}

  static async open({ postgres, redis, random, nodes = NODES, preloads = [], env }: ClusterOptions): Promise<Cluster> {
    const database = `faults_${randomBytes(5).toString('hex')}`;
    await postgres.query(`create database ${database}`);
    const cluster = new Cluster(postgres, redis, database, randomBytes(32).toString('hex'), random);
    for (let index = 0; index < nodes; index += 1) await cluster.add(index, preloads, env?.(index) ?? {});
    // The first brings the tables.
    await cluster.nodes[0]?.start();
    await Promise.all(cluster.nodes.slice(1).map((node) => node.start()));
    return cluster;
  }

  /** Where its database is. */
  get postgres(): Postgres {
    return this.home ?? this.firstPostgres;
  }

  /** The database is elsewhere from now on. That PostgreSQL ends with the cluster. */
  moveTo(postgres: Postgres): void {
    this.home = postgres;
  }

  /** The address of the cluster for one client: each new connection goes to a living node, by chance. */
  async door(): Promise<Link> {
    const link = await Link.open(() => this.living()?.port ?? null);
    this.doors.push(link);
    return link;
  }

  living(): ServerNode | null {
    const { ready } = this;
    return ready.length === 0 ? null : this.random.pick(ready);
  }

  get ready(): ServerNode[] {
    return this.nodes.filter((node) => node.isReady);
  }

  query<T>(statement: string, values: unknown[] = []): Promise<T[]> {
    return this.postgres.query<T>(statement, values, this.database);
  }

  /** How nodes ended that nobody had ended. */
  get unasked(): string[] {
    return this.nodes.flatMap(({ index, unasked }) => unasked.map((how) => `node ${index} ended by itself: ${how}`));
  }

  async close(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    const between = this.links.flatMap(({ postgres, redis }) => (redis === null ? [postgres] : [postgres, redis]));
    await Promise.all([...between, ...this.doors].map((link) => link.close()));
    await this.firstPostgres.query(`drop database if exists ${this.database} with (force)`);
    await this.home?.stop();
  }

  private async add(index: number, preloads: readonly string[], extra: Record<string, string>): Promise<void> {
    const postgres = await Link.open(() => this.postgres.port);
    const { redis: server } = this;
    const redis = server === null ? null : await Link.open(() => server.port);
    this.links.push({ postgres, redis });
    const node = new ServerNode({
      index,
      port: await freePort(),
      env: {
        DATABASE_URL: this.postgres.url(this.database, postgres.port),
        SECRET_KEY: this.secret,
        EVENTS_PER_SECOND: '2000',
        LOG_LEVEL: 'warn',
        ...extra,
        ...(redis !== null && { REDIS_URL: `redis://127.0.0.1:${redis.port}` }),
      },
    });
    node.preloads = preloads;
    this.nodes.push(node);
  }
}
