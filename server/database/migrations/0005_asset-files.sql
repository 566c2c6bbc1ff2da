-- Manifests go back to what the pipeline wrote: names of the asset's own files. Addresses are made on the way out.
CREATE FUNCTION xishan_decoded(escaped text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT convert_from(string_agg(
		CASE WHEN part[1] ~ '^%[0-9A-Fa-f]{2}$' THEN decode(substr(part[1], 2), 'hex')
			ELSE convert_to(part[1], 'UTF8') END, ''::bytea ORDER BY number), 'UTF8')
	FROM regexp_matches(escaped, '%[0-9A-Fa-f]{2}|[^%]+|%', 'g') WITH ORDINALITY found(part, number);
$$;
--> statement-breakpoint
CREATE FUNCTION xishan_file_name(of_asset text, address text) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT CASE
		WHEN starts_with(address, '/objects/assets/' || of_asset || '/')
			THEN xishan_decoded(substr(address, length('/objects/assets/' || of_asset || '/') + 1))
		WHEN address ~ '^/objects/sha256/[0-9a-f]{64}/' THEN coalesce(
			-- The same bytes may lie under several names: those that stand alone first, then those of second passes.
			(SELECT name FROM asset_file
				WHERE asset = of_asset AND is_public AND sha256 = substr(address, 17, 64)
					AND regexp_replace(name, '^.*/', '') = xishan_decoded(substr(address, 82))
				ORDER BY strpos(name, '/') > 0, NOT starts_with(name, 'refined/'), name LIMIT 1),
			address)
		ELSE address END;
$$;
--> statement-breakpoint
CREATE FUNCTION xishan_named(of_asset text, value jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
	CASE jsonb_typeof(value)
		WHEN 'object' THEN
			RETURN (SELECT coalesce(jsonb_object_agg(key, xishan_named(of_asset, item)), '{}') FROM jsonb_each(value) members(key, item));
		WHEN 'array' THEN
			RETURN (SELECT coalesce(jsonb_agg(xishan_named(of_asset, item) ORDER BY number), '[]')
				FROM jsonb_array_elements(value) WITH ORDINALITY items(item, number));
		WHEN 'string' THEN
			RETURN to_jsonb(xishan_file_name(of_asset, value #>> '{}'));
		ELSE
			RETURN value;
	END CASE;
END;
$$;
--> statement-breakpoint
UPDATE "asset" SET "manifest" = xishan_named("id", "manifest") WHERE "manifest" IS NOT NULL;
--> statement-breakpoint
DROP FUNCTION xishan_named(text, jsonb);
--> statement-breakpoint
DROP FUNCTION xishan_file_name(text, text);
--> statement-breakpoint
DROP FUNCTION xishan_decoded(text);
--> statement-breakpoint
-- What lies in a folder becomes one row a folder.
INSERT INTO "asset_folder" ("asset", "name", "is_public", "files")
	SELECT "asset", split_part("name", '/', 1), bool_and("is_public"),
		jsonb_object_agg(substr("name", strpos("name", '/') + 1), CASE
			WHEN "brotli_sha256" IS NULL THEN jsonb_build_array("sha256", "bytes")
			ELSE jsonb_build_array("sha256", "bytes", "brotli_sha256", "brotli_bytes") END)
	FROM "asset_file" WHERE strpos("name", '/') > 1 AND NOT starts_with("name", 'refined/')
	GROUP BY "asset", split_part("name", '/', 1);
--> statement-breakpoint
DELETE FROM "asset_file" WHERE strpos("name", '/') > 1 AND NOT starts_with("name", 'refined/');
--> statement-breakpoint
DROP INDEX "asset_file_public";
--> statement-breakpoint
CREATE INDEX "asset_file_sha256" ON "asset_file" USING btree ("sha256");
--> statement-breakpoint
CREATE INDEX "asset_file_brotli" ON "asset_file" USING btree ("brotli_sha256") WHERE "asset_file"."brotli_sha256" is not null;
--> statement-breakpoint
CREATE INDEX "asset_folder_hashes" ON "asset_folder" USING gin (jsonb_path_query_array("files", '$.*[0,2]') jsonb_path_ops);
--> statement-breakpoint
-- What was taken down stays so, whatever a job that was under way says of it later.
CREATE FUNCTION keep_taken_down() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.status := 'taken-down';
	NEW.manifest := NULL;
	NEW.failure := NULL;
	RETURN NEW;
END;
$$;
--> statement-breakpoint
CREATE TRIGGER asset_stays_taken_down BEFORE UPDATE ON "asset"
	FOR EACH ROW WHEN (OLD.status = 'taken-down') EXECUTE FUNCTION keep_taken_down();
