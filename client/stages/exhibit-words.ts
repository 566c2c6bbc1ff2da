import type { ArtefactWithAsset } from '#schema/artefact/artefact-shape';
import { artefactOf, type Piece } from '#schema/exhibit/piece';
import { type Language, type LocalizedText, pickText } from '#schema/value/text';
import type { RoomWords } from '../engine/room/room.ts';
import type { PanelWords } from '../xr/ui/xr-words.ts';

export type ArtefactsById = ReadonlyMap<string, ArtefactWithAsset>;

/** The same text in the language the visitor does not read in, where it says something else. */
function otherLanguage(text: LocalizedText, language: Language): string | undefined {
	const other = language === 'en' ? text['zh-CN'] : text.en;
	return other === pickText(text, language).text ? undefined : other;
}

/** What is known of a piece in one line: when, of what, and whether it is a sample. */
function noteOf(
	artefact: ArtefactWithAsset | undefined,
	language: Language,
	sample: string,
): string {
	if (artefact === undefined) return '';
	const { period, material } = artefact.registration;
	const parts = [
		artefact.isSample ? sample : undefined,
		period && pickText(period.display, language).text,
		material && pickText(material, language).text,
	];
	return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

/** The words of one piece, in the visitor's language and beside it the other one. */
export function pieceWords(
	piece: Piece,
	artefacts: ArtefactsById,
	language: Language,
	sample: string,
): PanelWords {
	const artefact = artefacts.get(artefactOf(piece) ?? '');
	const name = artefact?.name ?? piece.caption;
	return {
		title: pickText(name, language).text,
		other: otherLanguage(name, language),
		note: noteOf(artefact, language, sample),
		body: pickText(artefact?.summary ?? piece.caption, language).text,
	};
}

/** Every sign of an exhibit's room. */
export function roomWords(artefacts: ArtefactsById, language: Language, sample: string): RoomWords {
	return {
		label: (piece) => pieceWords(piece, artefacts, language, sample),
		text: (text) => ({
			title: pickText(text.title, language).text,
			other: otherLanguage(text.title, language),
			body: pickText(text.body, language).text,
		}),
	};
}
