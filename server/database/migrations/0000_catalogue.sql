CREATE TABLE "artefact_asset" (
	"artefact" text COLLATE "C" NOT NULL,
	"asset" text NOT NULL,
	"linked_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "artefact_asset_artefact_asset_pk" PRIMARY KEY("artefact","asset")
);
--> statement-breakpoint
CREATE TABLE "asset" (
	"id" text PRIMARY KEY NOT NULL,
	"scan_sha256" text NOT NULL,
	"scan_name" text NOT NULL,
	"scan_bytes" bigint NOT NULL,
	"options" jsonb NOT NULL,
	"status" text NOT NULL,
	"manifest" jsonb,
	"failure" jsonb,
	"job" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "asset_file" (
	"asset" text NOT NULL,
	"name" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" bigint NOT NULL,
	"content_type" text NOT NULL,
	"is_public" boolean NOT NULL,
	"brotli_sha256" text,
	"brotli_bytes" bigint,
	CONSTRAINT "asset_file_asset_name_pk" PRIMARY KEY("asset","name")
);
--> statement-breakpoint
CREATE TABLE "job_progress" (
	"id" uuid PRIMARY KEY NOT NULL,
	"asset" text NOT NULL,
	"status" text NOT NULL,
	"stage" text,
	"progress" double precision DEFAULT 0 NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"failure" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "record" (
	"resource" text NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"published_revision" integer,
	"museums" text[] NOT NULL,
	"kind" text,
	"category" text,
	"libraries" text[] NOT NULL,
	"tokens" "tsvector" NOT NULL,
	"weight" integer NOT NULL,
	"projection_version" integer NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "record_resource_id_pk" PRIMARY KEY("resource","id")
);
--> statement-breakpoint
CREATE TABLE "revision" (
	"resource" text NOT NULL,
	"record_id" text COLLATE "C" NOT NULL,
	"number" integer NOT NULL,
	"document" jsonb NOT NULL,
	"sha256" text NOT NULL,
	"author" text NOT NULL,
	"note" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "revision_resource_record_id_number_pk" PRIMARY KEY("resource","record_id","number")
);
--> statement-breakpoint
ALTER TABLE "artefact_asset" ADD CONSTRAINT "artefact_asset_asset_asset_id_fk" FOREIGN KEY ("asset") REFERENCES "public"."asset"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asset_file" ADD CONSTRAINT "asset_file_asset_asset_id_fk" FOREIGN KEY ("asset") REFERENCES "public"."asset"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_progress" ADD CONSTRAINT "job_progress_asset_asset_id_fk" FOREIGN KEY ("asset") REFERENCES "public"."asset"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revision" ADD CONSTRAINT "revision_resource_record_id_record_resource_id_fk" FOREIGN KEY ("resource","record_id") REFERENCES "public"."record"("resource","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "asset_scan" ON "asset" USING btree ("scan_sha256");--> statement-breakpoint
CREATE INDEX "asset_file_public" ON "asset_file" USING btree ("sha256") WHERE "asset_file"."is_public";--> statement-breakpoint
CREATE INDEX "job_progress_recent" ON "job_progress" USING btree ("created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "record_order" ON "record" USING btree ("resource","weight","id");--> statement-breakpoint
CREATE INDEX "record_tokens" ON "record" USING gin ("tokens");--> statement-breakpoint
CREATE INDEX "record_museums" ON "record" USING gin ("museums");--> statement-breakpoint
CREATE INDEX "record_libraries" ON "record" USING gin ("libraries");