-- Records get an owner and a life; what is published stays published.
ALTER TABLE "record"
	ADD COLUMN "owner" text DEFAULT 'cluster' NOT NULL,
	ADD COLUMN "state" text DEFAULT 'draft' NOT NULL,
	ADD COLUMN "languages" text[] DEFAULT '{"zh-CN","en"}' NOT NULL,
	ADD COLUMN "approved_revision" integer,
	ADD COLUMN "publish_at" timestamp (3) with time zone,
	ADD COLUMN "publish_languages" text[],
	ADD COLUMN "publish_actor" text,
	ADD COLUMN "withdraw_at" timestamp (3) with time zone,
	ADD COLUMN "withdraw_actor" text,
	ADD COLUMN "summary" jsonb;
--> statement-breakpoint
UPDATE "record" SET
	"state" = CASE WHEN "published_revision" IS NULL THEN 'draft' ELSE 'published' END,
	"approved_revision" = "published_revision",
	"owner" = CASE
		WHEN "resource" = 'museums' THEN "id"
		WHEN "resource" IN ('artefacts', 'exhibits', 'traditions') AND cardinality("museums") > 0 THEN "museums"[1]
		ELSE 'cluster' END;
--> statement-breakpoint
ALTER TABLE "revision" ADD COLUMN "languages" jsonb, ADD COLUMN "base" integer, ADD COLUMN "restores" integer;
--> statement-breakpoint
CREATE TABLE "draft" (
	"resource" text NOT NULL,
	"record_id" text COLLATE "C" NOT NULL,
	"sitting" uuid NOT NULL,
	"author" text NOT NULL,
	"base" integer NOT NULL,
	"document" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "draft_resource_record_id_sitting_pk" PRIMARY KEY("resource","record_id","sitting")
);
--> statement-breakpoint
CREATE TABLE "reference" (
	"resource" text NOT NULL,
	"record_id" text COLLATE "C" NOT NULL,
	"path" text NOT NULL,
	"to_resource" text NOT NULL,
	"to_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "reference_resource_record_id_path_pk" PRIMARY KEY("resource","record_id","path")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"detail" jsonb NOT NULL,
	"leaf" text NOT NULL,
	"seal" integer
);
--> statement-breakpoint
CREATE TABLE "seal" (
	"id" integer PRIMARY KEY NOT NULL,
	"prev" text NOT NULL,
	"root" text NOT NULL,
	"leaves" integer NOT NULL,
	"sealed_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "asset_folder" (
	"asset" text NOT NULL,
	"name" text NOT NULL,
	"is_public" boolean NOT NULL,
	"files" jsonb NOT NULL,
	CONSTRAINT "asset_folder_asset_name_pk" PRIMARY KEY("asset","name")
);
--> statement-breakpoint
CREATE TABLE "medium" (
	"resource" text NOT NULL,
	"record_id" text COLLATE "C" NOT NULL,
	"revision" integer NOT NULL,
	"role" text NOT NULL,
	"asset" text NOT NULL,
	"linked_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "medium_resource_record_id_revision_role_asset_pk" PRIMARY KEY("resource","record_id","revision","role","asset")
);
--> statement-breakpoint
CREATE TABLE "takedown" (
	"sha256" text PRIMARY KEY NOT NULL,
	"asset" text,
	"reason" text NOT NULL,
	"actor" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "asset_folder" ADD CONSTRAINT "asset_folder_asset_asset_id_fk" FOREIGN KEY ("asset") REFERENCES "public"."asset"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "medium" ADD CONSTRAINT "medium_asset_asset_id_fk" FOREIGN KEY ("asset") REFERENCES "public"."asset"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "medium" ADD CONSTRAINT "medium_revision_fk" FOREIGN KEY ("resource","record_id","revision") REFERENCES "public"."revision"("resource","record_id","number") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_resource_record_id_record_resource_id_fk" FOREIGN KEY ("resource","record_id") REFERENCES "public"."record"("resource","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "medium_asset" ON "medium" USING btree ("asset");
--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("subject","id");
--> statement-breakpoint
CREATE INDEX "audit_unsealed" ON "audit" USING btree ("id") WHERE "audit"."seal" is null;
--> statement-breakpoint
CREATE INDEX "audit_seal" ON "audit" USING btree ("seal","id");
--> statement-breakpoint
CREATE INDEX "record_publish_at" ON "record" USING btree ("publish_at") WHERE "record"."publish_at" is not null;
--> statement-breakpoint
CREATE INDEX "record_withdraw_at" ON "record" USING btree ("withdraw_at") WHERE "record"."withdraw_at" is not null;
--> statement-breakpoint
CREATE INDEX "reference_to" ON "reference" USING btree ("to_resource","to_id");
--> statement-breakpoint
ALTER TABLE "asset" ADD COLUMN "owner" text DEFAULT 'cluster' NOT NULL;
--> statement-breakpoint
UPDATE "asset" SET "owner" = a."owner" FROM (
	SELECT "artefact_asset"."asset", min("record"."owner") AS "owner" FROM "artefact_asset"
	JOIN "record" ON "record"."resource" = 'artefacts' AND "record"."id" = "artefact_asset"."artefact"
	GROUP BY "artefact_asset"."asset"
) a WHERE a."asset" = "asset"."id";
--> statement-breakpoint
-- What an artefact was shown by belongs to each of its revisions: nobody noted which, and rolling back must show something.
INSERT INTO "medium" ("resource", "record_id", "revision", "role", "asset", "linked_at")
	SELECT r."resource", r."record_id", r."number", 'model', l."asset", l."linked_at"
	FROM "artefact_asset" l JOIN "revision" r ON r."resource" = 'artefacts' AND r."record_id" = l."artefact";
--> statement-breakpoint
DROP TABLE "artefact_asset";
--> statement-breakpoint
-- Jobs are about any subject.
ALTER TABLE "job_progress" RENAME TO "job";
--> statement-breakpoint
ALTER TABLE "job" DROP CONSTRAINT "job_progress_asset_asset_id_fk";
--> statement-breakpoint
ALTER TABLE "job" RENAME COLUMN "asset" TO "subject";
--> statement-breakpoint
UPDATE "job" SET "subject" = 'asset/' || "subject";
--> statement-breakpoint
ALTER TABLE "job" RENAME CONSTRAINT "job_progress_pkey" TO "job_pkey";
--> statement-breakpoint
ALTER INDEX "job_progress_recent" RENAME TO "job_recent";
--> statement-breakpoint
ALTER INDEX "job_progress_open" RENAME TO "job_open";
--> statement-breakpoint
CREATE INDEX "job_subject" ON "job" USING btree ("subject");
--> statement-breakpoint
ALTER TRIGGER "job_progress_is_notified" ON "job" RENAME TO "job_is_notified";
--> statement-breakpoint
-- Workers hear of every job that begins to wait, with its kind.
CREATE OR REPLACE FUNCTION notify_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_notify('xishan_job', NEW.id::text);
	IF NEW.status = 'queued' AND (TG_OP = 'INSERT' OR OLD.status <> 'queued') THEN
		PERFORM pg_notify('xishan_queued', NEW.kind || ' ' || NEW.id::text);
	END IF;
	RETURN NULL;
END;
$$;
--> statement-breakpoint
-- The register of acts is only added to; sealing a row, once, is the one change it takes.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'UPDATE' AND OLD.seal IS NULL AND NEW.seal IS NOT NULL
		AND (NEW.id, NEW.at, NEW.actor, NEW.action, NEW.subject, NEW.detail, NEW.leaf)
			IS NOT DISTINCT FROM (OLD.id, OLD.at, OLD.actor, OLD.action, OLD.subject, OLD.detail, OLD.leaf)
	THEN
		RETURN NEW;
	END IF;
	RAISE EXCEPTION '% on %: rows are only ever added', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END;
$$;
--> statement-breakpoint
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON "audit"
	FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
--> statement-breakpoint
CREATE TRIGGER audit_is_not_truncated BEFORE TRUNCATE ON "audit"
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
--> statement-breakpoint
CREATE TRIGGER seal_is_append_only BEFORE UPDATE OR DELETE ON "seal"
	FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER seal_is_not_truncated BEFORE TRUNCATE ON "seal"
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
