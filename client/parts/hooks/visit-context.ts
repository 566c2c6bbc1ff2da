import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { type Language, type LocalizedText, pickText } from '#schema/value/text';
import type { Visit } from '../../state/visit.ts';

export const VisitContext = createContext<Visit | undefined>(undefined);

/** The stores of this visit. */
export function useVisit(): Visit {
	const visit = useContext(VisitContext);
	if (!visit) throw new Error('useVisit: stands outside a visit — wrap the page in VisitContext');
	return visit;
}

/** The language of the page, as its address says. */
export function useLanguage(): Language {
	return useStore(useVisit().language.store, (state) => state.language);
}

/** Picks texts for places that cannot mark a fallback, such as titles of windows and alternatives of pictures. */
export function usePlainText(): (text: LocalizedText) => string {
	const language = useLanguage();
	return (text) => pickText(text, language).text;
}

/** Whether the server answers. */
export function useIsOnline(): boolean {
	return useStore(useVisit().connectivity.store, (state) => state.isOnline);
}
