CREATE TABLE "changes" (
	"conversation_id" bigint NOT NULL,
	"ver" integer NOT NULL,
	"kind" smallint NOT NULL,
	"tag" integer NOT NULL,
	"ref" integer NOT NULL,
	"actor_id" bigint,
	"op_id" uuid,
	CONSTRAINT "changes_conversation_id_ver_pk" PRIMARY KEY("conversation_id","ver")
);
--> statement-breakpoint
CREATE TABLE "commits" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "commits_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"conversation_ids" bigint[] DEFAULT '{}' NOT NULL,
	"vers" integer[] DEFAULT '{}' NOT NULL,
	"user_ids" bigint[] DEFAULT '{}' NOT NULL,
	"uvers" integer[] DEFAULT '{}' NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "commits_xid_id_pk" PRIMARY KEY("xid","id")
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "conversations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"public_id" text NOT NULL,
	"kind" text NOT NULL,
	"seq" integer DEFAULT 0 NOT NULL,
	"ver" integer DEFAULT 0 NOT NULL,
	"last_at" timestamp with time zone DEFAULT now() NOT NULL,
	"hidden_below" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "conversations_public_id_unique" UNIQUE("public_id")
);
--> statement-breakpoint
CREATE TABLE "epochs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"system_identifier" text NOT NULL,
	"timeline" integer NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "members" (
	"conversation_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"role" text DEFAULT 'member' NOT NULL,
	"joined_ver" integer NOT NULL,
	"from_seq" integer NOT NULL,
	"left_ver" integer,
	"read_rev" integer DEFAULT 0 NOT NULL,
	"read_seq" integer DEFAULT 0 NOT NULL,
	"delivered_seq" integer DEFAULT 0 NOT NULL,
	"level" text DEFAULT 'all' NOT NULL,
	"muted_until" timestamp with time zone,
	"pinned" boolean DEFAULT false NOT NULL,
	"archived" boolean DEFAULT false NOT NULL,
	"draft" text,
	"uver" integer NOT NULL,
	CONSTRAINT "members_conversation_id_user_id_pk" PRIMARY KEY("conversation_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "user_counters" (
	"user_id" bigint PRIMARY KEY NOT NULL,
	"uver" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "directs" (
	"conversation_id" bigint PRIMARY KEY NOT NULL,
	"low_user_id" bigint NOT NULL,
	"high_user_id" bigint NOT NULL,
	CONSTRAINT "directs_pair_key" UNIQUE("low_user_id","high_user_id"),
	CONSTRAINT "directs_pair_order" CHECK ("directs"."low_user_id" <= "directs"."high_user_id")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"conversation_id" bigint PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"creator_id" bigint NOT NULL,
	"op_id" uuid NOT NULL,
	"history_policy" text DEFAULT 'all' NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "groups_op_key" UNIQUE("creator_id","op_id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sessions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"public_id" text NOT NULL,
	"user_id" bigint NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"rotated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	"user_agent" text DEFAULT '' NOT NULL,
	"address" text DEFAULT '' NOT NULL,
	CONSTRAINT "sessions_public_id_unique" UNIQUE("public_id")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "users_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"public_id" text NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"search_name" text NOT NULL,
	"password_hash" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_public_id_unique" UNIQUE("public_id")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"conversation_id" bigint NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"sender_id" bigint,
	"seq" integer NOT NULL,
	"ver" integer NOT NULL,
	"client_id" uuid NOT NULL,
	"body" text,
	"system" jsonb,
	"edited_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "messages_conversation_id_seq_pk" PRIMARY KEY("conversation_id","seq"),
	CONSTRAINT "messages_client_key" UNIQUE("conversation_id","sender_id","client_id")
);
--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_counters" ADD CONSTRAINT "user_counters_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directs" ADD CONSTRAINT "directs_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directs" ADD CONSTRAINT "directs_low_user_id_users_id_fk" FOREIGN KEY ("low_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "directs" ADD CONSTRAINT "directs_high_user_id_users_id_fk" FOREIGN KEY ("high_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_creator_id_users_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "changes_op_key" ON "changes" USING btree ("conversation_id","actor_id","op_id") WHERE "changes"."op_id" is not null;--> statement-breakpoint
CREATE INDEX "members_user_uver_idx" ON "members" USING btree ("user_id","uver");--> statement-breakpoint
CREATE INDEX "sessions_user_idx" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX "users_owner_key" ON "users" USING btree ("role") WHERE "users"."role" = 'owner';--> statement-breakpoint
CREATE INDEX "users_search_name_idx" ON "users" USING btree ("search_name");