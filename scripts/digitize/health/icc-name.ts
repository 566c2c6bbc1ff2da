const HEADER_BYTES = 128;
const MAX_TAGS = 200;
const MAX_NAME = 80;

/**
 * The name an ICC profile gives itself ("sRGB IEC61966-2.1", "Adobe RGB (1998)"); undefined when it
 * says none or is broken. Source: ICC.1:2022 §7.3 and §10.15, and the `desc` type of ICC.1:2001 §6.5.17.
 */
export function iccName(profile: Buffer): string | undefined {
	if (profile.length < HEADER_BYTES + 4) return undefined;
	const tags = Math.min(profile.readUInt32BE(HEADER_BYTES), MAX_TAGS);
	for (let i = 0; i < tags; i += 1) {
		const entry = HEADER_BYTES + 4 + i * 12;
		if (entry + 12 > profile.length) return undefined;
		if (profile.toString('latin1', entry, entry + 4) !== 'desc') continue;
		const start = profile.readUInt32BE(entry + 4);
		const end = start + profile.readUInt32BE(entry + 8);
		return end <= profile.length ? textOf(profile.subarray(start, end)) : undefined;
	}
	return undefined;
}

function textOf(tag: Buffer): string | undefined {
	const type = tag.toString('latin1', 0, 4);
	if (type === 'desc' && tag.length > 12) {
		return cleaned(tag.toString('latin1', 12, 12 + tag.readUInt32BE(8)));
	}
	if (type !== 'mluc' || tag.length < 28) return undefined;
	const length = tag.readUInt32BE(20);
	const at = tag.readUInt32BE(24);
	if (at + length > tag.length || length % 2 !== 0) return undefined;
	return cleaned(
		Buffer.from(tag.subarray(at, at + length))
			.swap16()
			.toString('utf16le'),
	);
}

function cleaned(text: string): string | undefined {
	const name = text.replaceAll(/\p{C}/gu, '').trim().slice(0, MAX_NAME);
	return name === '' ? undefined : name;
}
